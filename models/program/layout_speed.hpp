// How fast bytecode is in one run, by the layout of who executes it.
#pragma once

#include <array>

#include "models/program/world.hpp"

namespace gilsim::model {

// By layout: time of bytecode over its nominal time, drawn once a run.
std::array<double, 3> slowness_by_layout(const Configuration& configuration, std::uint64_t seed,
                                         std::uint64_t replication);

}  // namespace gilsim::model
