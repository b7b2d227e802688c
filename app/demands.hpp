// What a batch demands of each resource, in nanoseconds: nominal times at the median speed of the
// layout that its strategy gives it, plus the costs that the strategy itself has.
#pragma once

#include "analysis/bounds.hpp"
#include "models/configuration.hpp"

namespace gilsim::app {

// Means over the first `replications` draws. Of a batch.
analysis::BatchDemands demands_of(const model::Configuration& configuration, std::uint64_t seed,
                                  int replications);

// As many cores as `busy` threads that compute have of them: hardware threads and shared clocks
// count for what they are worth.
double worth_of_cores(const model::MachineParameters& machine, int busy);

}  // namespace gilsim::app
