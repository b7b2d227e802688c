#include "sim/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace gilsim::sim {
namespace {

double quantile_of_sorted(const std::vector<double>& sorted, double probability) {
  if (!(probability >= 0 && probability <= 1)) {
    throw std::invalid_argument("quantile of a probability outside [0, 1]");
  }
  const double position = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(position));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], position - std::floor(position));
}

}  // namespace

double quantile(std::vector<double> sample, double probability) {
  return quantiles(std::move(sample), {probability}).front();
}

std::vector<double> quantiles(std::vector<double> sample,
                              std::initializer_list<double> probabilities) {
  if (sample.empty()) throw std::invalid_argument("quantile of an empty sample");
  for (const double value : sample) {
    if (!std::isfinite(value))
      throw std::invalid_argument("quantile of a value that is not finite");
  }
  std::sort(sample.begin(), sample.end());
  std::vector<double> result;
  for (const double p : probabilities) result.push_back(quantile_of_sorted(sample, p));
  return result;
}

}  // namespace gilsim::sim
