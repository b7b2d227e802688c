#include "host/measurements.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gilsim::host {
namespace {

using sim::Duration;

double nanoseconds(Duration duration) { return static_cast<double>(duration.count()); }

}  // namespace

double quantile(std::vector<double> sample, double p) {
  if (sample.empty()) throw std::invalid_argument("quantile of an empty sample");
  std::sort(sample.begin(), sample.end());
  const double position = p * static_cast<double>(sample.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sample.size() - 1);
  return sample[below] + (position - static_cast<double>(below)) * (sample[above] - sample[below]);
}

Duration quantile(const Samples& sample, double p) {
  std::vector<double> values;
  values.reserve(sample.size());
  for (const Duration value : sample) values.push_back(nanoseconds(value));
  return Duration::from_nanoseconds(quantile(std::move(values), p));
}

model::Cost cost_of(const Samples& sample) {
  Samples kept = sample;
  for (Duration& value : kept) value = std::max(value, Duration());
  return {quantile(kept, 0.5), quantile(kept, 0.05), quantile(kept, 0.95),
          static_cast<int>(kept.size())};
}

model::Estimate estimate_of(const std::vector<double>& sample) {
  return {quantile(sample, 0.5), quantile(sample, 0.05), quantile(sample, 0.95),
          static_cast<int>(sample.size())};
}

model::Cost without(const model::Cost& total, const model::Cost& part) {
  const auto left = [](Duration whole, Duration of_part) {
    const double square =
        nanoseconds(whole) * nanoseconds(whole) - nanoseconds(of_part) * nanoseconds(of_part);
    return Duration::from_nanoseconds(std::sqrt(std::max(0.0, square)));
  };
  const Duration median = std::max(total.median - part.median, Duration());
  const Duration below = left(total.median - total.low, part.median - part.low);
  const Duration above = left(total.high - total.median, part.high - part.median);
  return {median, std::max(median - below, Duration()), median + above, total.samples};
}

}  // namespace gilsim::host
