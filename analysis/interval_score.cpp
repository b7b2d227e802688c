#include "analysis/interval_score.hpp"

#include <cmath>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

constexpr double kNormal975 = 1.959963984540054;

bool is_inside(const Band& band, double value) { return band.low <= value && value <= band.high; }

void add_width(std::vector<double>& widths, const Band& band) {
  if (band.median > 0) widths.push_back((band.high - band.low) / band.median);
}

std::optional<double> median_of(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  return quantile(values, 0.5);
}

}  // namespace

IntervalScore score_intervals(const std::vector<IntervalInput>& points) {
  IntervalScore score;
  std::vector<double> widths, spreads;
  for (const IntervalInput& point : points) {
    if (point.measured.empty()) continue;
    ++score.points;
    for (const double value : point.measured) {
      ++score.values;
      if (is_inside(point.predicted, value)) ++score.inside;
    }
    const Band measured = band_of(point.measured);
    if (is_inside(point.predicted, measured.median)) ++score.medians_inside;
    add_width(widths, point.predicted);
    add_width(spreads, measured);
  }
  score.median_width = median_of(widths);
  score.measured_spread = median_of(spreads);
  return score;
}

Share share_limits(int count, int of) {
  if (of < 1 || count < 0 || count > of) throw std::invalid_argument("no share");
  const double n = of;
  const double p = count / n;
  const double z2 = kNormal975 * kNormal975;
  const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kNormal975 * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return {middle - half, middle + half};
}

bool ranges_agree(const Band& first, const Band& second) {
  return is_inside(first, second.median) && is_inside(second, first.median);
}

}  // namespace gilsim::analysis
