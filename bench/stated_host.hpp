// A host for the end-to-end workloads, with a spread on every cost, as calibration finds them: the
// draws are part of what a simulated event costs. The figures are stated, not measured.
#pragma once

#include "models/configuration.hpp"

namespace gilsim::bench {

model::Configuration on_stated_host(int cores);

}  // namespace gilsim::bench
