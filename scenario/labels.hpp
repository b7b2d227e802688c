// Labels of points, as reports print them and `expect` names them, and which threads run at once.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace gilsim::scenario {

std::string batch_label(model::StrategyKind strategy, int workers);

// The groups of `together`; by default one of all the threads.
std::vector<std::vector<std::string>> groups_of(const Scenario& scenario);
std::string group_label(const std::vector<std::string>& group);

}  // namespace gilsim::scenario
