#include "host/measurements.hpp"

#include <algorithm>
#include <cmath>

#include "sim/quantile.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

double nanoseconds(Duration duration) { return static_cast<double>(duration.count()); }

}  // namespace

model::Cost cost_of(const Samples& sample) {
  std::vector<double> kept;
  kept.reserve(sample.size());
  for (const Duration value : sample) kept.push_back(nanoseconds(std::max(value, Duration())));
  const model::Estimate figures = estimate_of(kept);
  const auto time = [](double value) { return Duration::from_nanoseconds(value); };
  return {time(figures.median), time(figures.low), time(figures.high), figures.samples};
}

model::Estimate estimate_of(const std::vector<double>& sample) {
  const std::vector<double> figures = sim::quantiles(sample, {0.5, 0.05, 0.95});
  return {figures[0], figures[1], figures[2], static_cast<int>(sample.size())};
}

}  // namespace gilsim::host
