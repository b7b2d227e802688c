#include "reading.hpp"

#include <sstream>

namespace gilsim::scenario {

std::string complaint(const std::string& text, const std::vector<std::string>& overrides) {
  try {
    read_scenario_text(text, "test.yaml", overrides);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "fine";
}

std::string batch_of(const std::string& steps) {
  std::string text = "question: What if?\nstrategies: [threads]\nworkload:\n  tasks: 3\n  task:\n";
  std::istringstream lines(steps);
  for (std::string line; std::getline(lines, line);) text += "    - " + line + "\n";
  return text;
}

}  // namespace gilsim::scenario
