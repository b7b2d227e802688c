// What a batch demands of each resource, in nanoseconds: the draws of one replication, at the speed
// that its bytecode has in it, plus the median costs that the strategy itself has.
#pragma once

#include <cstdint>
#include <string>

#include "analysis/bounds.hpp"
#include "models/configuration.hpp"

namespace gilsim::app {

// Of a batch.
analysis::BatchDemands demands_of(const model::Configuration& configuration, std::uint64_t seed,
                                  std::uint64_t replication);

// The stages on the longest way through a batch's graph, in order.
std::string critical_stages(const model::Configuration& configuration, std::uint64_t seed);

// Which of the batch's devices, at least one, is busy for longest; from 0.
std::size_t busiest_device(const model::Configuration& configuration, std::uint64_t seed);

// As many cores as `busy` threads that compute have of them: hardware threads and shared clocks
// count for what they are worth.
double worth_of_cores(const model::MachineParameters& machine, int busy);

}  // namespace gilsim::app
