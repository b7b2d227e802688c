// `expect` of a scenario, held against the predicted medians (the measured ones, where nothing was
// predicted). Times are in seconds there, as scenario/metrics.hpp says.
#pragma once

#include <string>
#include <vector>

#include "app/report.hpp"

namespace gilsim::app {

// One line for each range that does not hold; empty: all do. Points that an interruption left out
// are not held against it.
std::vector<std::string> failed_expectations(const ScenarioReport& scenario, bool interrupted);

}  // namespace gilsim::app
