// Whether the pools that a scenario asks for can be had: of this interpreter, with what the profile
// knows of it, within this machine's memory.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace gilsim::scenario {

using Complain = std::function<void(const Place&, std::string message, std::string hint)>;

// `interpreters`: those chosen; null where one was not found.
void check_pools(const Scenario& scenario, const model::HostProfile& profile,
                 const std::vector<const model::InterpreterParameters*>& interpreters,
                 const Complain& complain);

// The one that the scenario states, or that of the interpreter's version on the profile's kernel.
model::StartMethod start_method_of(const Scenario& scenario, const model::HostProfile& profile,
                                   const model::InterpreterParameters& interpreter);

}  // namespace gilsim::scenario
