// One or two plain sentences on why a prediction is what it is, derived from its numbers: which of
// the lock, the cores and the workers is the limit, and what waiting for the lock costs.
#pragma once

#include <string>
#include <vector>

#include "app/report.hpp"

namespace gilsim::app {

std::vector<std::string> lessons_of(const ScenarioReport& scenario);

std::vector<std::string> batch_lessons(const ScenarioReport& scenario);
std::vector<std::string> looping_lessons(const ScenarioReport& scenario);
// Of a graph of tasks: bounds by its work and span beside each prediction.
std::vector<std::string> graph_lessons(const ScenarioReport& scenario);

}  // namespace gilsim::app
