// A graph of tasks as the file says it: whether it makes sense, and the batch that it is.
#pragma once

#include "scenario/node.hpp"
#include "scenario/problems.hpp"
#include "scenario/scenario.hpp"

namespace gilsim::scenario {

// Names that no stage has, numbers of tasks that do not fit, stages that wait for each other,
// strategies that can't run a graph.
void check_stages(const Node& root, const Scenario& scenario, Problems& problems);

// Of a scenario that has stages and was checked.
model::Batch batch_of_stages(const Scenario& scenario);

}  // namespace gilsim::scenario
