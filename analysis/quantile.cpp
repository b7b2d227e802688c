#include "analysis/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

void check_and_sort(std::vector<double>& sample) {
  if (sample.empty()) throw std::invalid_argument("quantile of an empty sample");
  for (const double value : sample) {
    if (!std::isfinite(value))
      throw std::invalid_argument("quantile of a value that is not finite");
  }
  std::sort(sample.begin(), sample.end());
}

double quantile_of_sorted(const std::vector<double>& sorted, double probability) {
  const double position = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(position));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], position - std::floor(position));
}

}  // namespace

double quantile(std::vector<double> sample, double probability) {
  if (!(probability >= 0 && probability <= 1)) {
    throw std::invalid_argument("quantile of a probability outside [0, 1]");
  }
  check_and_sort(sample);
  return quantile_of_sorted(sample, probability);
}

Band band_of(std::vector<double> sample) {
  check_and_sort(sample);
  return {quantile_of_sorted(sample, 0.5), quantile_of_sorted(sample, 0.05),
          quantile_of_sorted(sample, 0.95)};
}

}  // namespace gilsim::analysis
