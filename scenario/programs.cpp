#include "scenario/programs.hpp"

namespace gilsim::scenario {

std::vector<Program> programs_of(const Node& root, const Scenario& scenario) {
  std::vector<Program> programs;
  if (scenario.workload) {
    programs.push_back({root.find("workload")->find("task"), &scenario.workload->task});
  }
  for (const auto& [name, stage] : scenario.stages) {
    programs.push_back({root.find("stages")->find(name)->find("task"), &stage.task});
  }
  for (const auto& [name, thread] : scenario.threads) {
    programs.push_back({root.find("threads")->find(name)->find("program"), &thread.program});
  }
  return programs;
}

}  // namespace gilsim::scenario
