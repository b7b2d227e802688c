// One timed call of models' simulate(), from configuration to statistics.
#pragma once

#include "bench/measured.hpp"
#include "models/configuration.hpp"
#include "models/laws/laws.hpp"

namespace gilsim::bench {

enum class Check { kHandovers, kRounds };

Measured simulated(const model::Configuration& configuration, Check check,
                   model::Laws laws = model::Laws::kChecked);

}  // namespace gilsim::bench
