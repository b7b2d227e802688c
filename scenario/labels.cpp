#include "scenario/labels.hpp"

#include "scenario/suggest.hpp"

namespace gilsim::scenario {

std::string batch_label(model::StrategyKind strategy, int workers) {
  const std::string name = model::name_of(strategy);
  if (!model::has_workers(strategy)) return name;
  return name + "@" + std::to_string(workers);
}

std::vector<std::vector<std::string>> groups_of(const Scenario& scenario) {
  if (!scenario.together.empty()) return scenario.together;
  std::vector<std::string> all;
  for (const auto& [name, thread] : scenario.threads) all.push_back(name);
  return {all};
}

std::string group_label(const std::vector<std::string>& group) { return join(group, "+"); }

std::string Point::label() const {
  return configuration.is_batch() ? batch_label(configuration.strategy, workers) : strategy;
}

}  // namespace gilsim::scenario
