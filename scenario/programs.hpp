// All lists of steps of a scenario, beside where the file has them.
#pragma once

#include <vector>

#include "scenario/node.hpp"
#include "scenario/scenario.hpp"

namespace gilsim::scenario {

struct Program {
  const Node* list;
  const std::vector<model::Step>* steps;
};

// Of a task, of each stage, of each thread; what is done with results is not among them.
std::vector<Program> programs_of(const Node& root, const Scenario& scenario);

}  // namespace gilsim::scenario
