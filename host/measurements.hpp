// From samples to what a profile keeps: quantiles, and a line through the logarithm of the idle
// time for costs that grow the longer a core has slept. Quantiles interpolate linearly between
// order statistics (type 7 of Hyndman and Fan 1996). Leaves out: the shape between the three
// quantiles.
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

struct IdleSamples {
  sim::Duration idle;  // how long the core had slept
  Samples samples;
};

// cost = base + per_decade * log10(idle / reference)
struct IdleFit {
  model::Cost base;
  model::Cost per_decade;
};

// Least squares through the medians; a slope below 0 becomes 0. The spread of the base is that of
// all samples around the line; that of the slope is its 90 % interval by the residuals' standard
// error.
IdleFit fit_idle(const std::vector<IdleSamples>& points, sim::Duration reference);

// Shorter idle times were not probed; a core that slept less counts as one that slept this long.
inline constexpr sim::Duration kShortestIdle = sim::Duration::microseconds(100);

// The median cost of a fit after `idle`, never below 0.
sim::Duration at_idle(const model::Cost& base, const model::Cost& per_decade, sim::Duration idle,
                      sim::Duration reference);

// `total` without a part that was measured by itself: medians subtract, distances of the quantiles
// from the median subtract as independent ones do. Never below 0.
model::Cost without(const model::Cost& total, const model::Cost& part);

}  // namespace gilsim::host
