// From samples to what a profile keeps: quantiles (sim/quantile.hpp). Leaves out: the shape between
// the three.
#pragma once

#include <vector>

#include "models/estimate.hpp"

namespace gilsim::host {

using Samples = std::vector<sim::Duration>;

// Median, 5 % and 95 % quantile. Negative samples of a cost (a difference of two noisy figures)
// count as 0. Throw std::invalid_argument when the sample is empty.
model::Cost cost_of(const Samples& sample);
model::Estimate estimate_of(const std::vector<double>& sample);

}  // namespace gilsim::host
