// From samples to what a profile keeps: quantiles. They interpolate linearly between order
// statistics (type 7 of Hyndman and Fan 1996). Leaves out: the shape between the three quantiles.
#pragma once

#include <vector>

#include "models/estimate.hpp"

namespace gilsim::host {

using Samples = std::vector<sim::Duration>;

// Of a sample in any order, for 0 <= p <= 1. Throws std::invalid_argument when it is empty.
double quantile(std::vector<double> sample, double p);
sim::Duration quantile(const Samples& sample, double p);

// Median, 5 % and 95 % quantile. Negative samples of a cost (a difference of two noisy figures)
// count as 0.
model::Cost cost_of(const Samples& sample);
model::Estimate estimate_of(const std::vector<double>& sample);

// `total` without a part that was measured by itself: medians subtract, distances of the quantiles
// from the median subtract as independent ones do. Never below 0.
model::Cost without(const model::Cost& total, const model::Cost& part);

}  // namespace gilsim::host
