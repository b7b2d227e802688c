// What no single key can tell: whether a scenario or a profile makes sense as a whole.
#pragma once

#include "models/host_profile.hpp"
#include "scenario/node.hpp"
#include "scenario/scenario.hpp"

namespace gilsim::scenario {

// Which keys are there and go together. Sound for a tree that did not read without complaint.
void check_structure(const Node& root, Problems& problems);

// What the values say. Only for a scenario that was read without complaint.
void check_scenario(const Node& root, const Scenario& scenario, Problems& problems);

void check_host_profile(const Node& root, const model::HostProfile& profile, Problems& problems);

}  // namespace gilsim::scenario
