#include "host/measurements.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gilsim::host {
namespace {

using sim::Duration;

constexpr double kTwoSided90 = 1.6448536269514722;  // standard normal quantile of 0.95

struct Line {
  double intercept = 0;
  double slope = 0;
  double slope_error = 0;  // standard error
};

// Least squares; a single abscissa gives a slope of 0.
Line fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = static_cast<double>(x.size());
  double mean_x = 0;
  double mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  double sxx = 0;
  double sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sxx += (x[i] - mean_x) * (x[i] - mean_x);
    sxy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  Line line;
  line.slope = sxx > 0 ? std::max(0.0, sxy / sxx) : 0;
  line.intercept = mean_y - line.slope * mean_x;
  if (sxx > 0 && x.size() > 2) {
    double squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double residual = y[i] - line.intercept - line.slope * x[i];
      squares += residual * residual;
    }
    line.slope_error = std::sqrt(squares / (n - 2) / sxx);
  }
  return line;
}

Duration non_negative(double nanoseconds) {
  return Duration::from_nanoseconds(std::max(0.0, nanoseconds));
}

model::Cost ordered(Duration low, Duration median, Duration high, std::size_t samples) {
  return {median, std::min(low, median), std::max(high, median), static_cast<int>(samples)};
}

double nanoseconds(Duration duration) { return static_cast<double>(duration.count()); }

// The line's value at the origin, with the quantiles of `detrended` around it.
model::Cost intercept_cost(const Line& line, const std::vector<double>& detrended) {
  return ordered(non_negative(quantile(detrended, 0.05)), non_negative(line.intercept),
                 non_negative(quantile(detrended, 0.95)), detrended.size());
}

model::Cost slope_cost(const Line& line, std::size_t samples) {
  const double reach = kTwoSided90 * line.slope_error;
  return ordered(non_negative(line.slope - reach), non_negative(line.slope),
                 non_negative(line.slope + reach), samples);
}

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

IdleFit fit_idle(const std::vector<IdleSamples>& points, Duration reference) {
  std::vector<double> decades;
  std::vector<double> medians;
  for (const IdleSamples& point : points) {
    decades.push_back(std::log10(nanoseconds(point.idle) / nanoseconds(reference)));
    medians.push_back(nanoseconds(quantile(point.samples, 0.5)));
  }
  const Line line = fit_line(decades, medians);
  std::vector<double> detrended;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (const Duration sample : points[i].samples) {
      detrended.push_back(nanoseconds(sample) - line.slope * decades[i]);
    }
  }
  return {intercept_cost(line, detrended), slope_cost(line, detrended.size())};
}

Duration at_idle(const model::Cost& base, const model::Cost& per_decade, Duration idle,
                 Duration reference) {
  const double decades =
      std::log10(nanoseconds(std::max(idle, kShortestIdle)) / nanoseconds(reference));
  return non_negative(nanoseconds(base.median) + nanoseconds(per_decade.median) * decades);
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
