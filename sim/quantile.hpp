// Quantiles of a sample by linear interpolation between order statistics: type 7 of R. Hyndman and
// Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
// Type 7 is what R, NumPy and Python's `statistics.quantiles(method="inclusive")` give.
#pragma once

#include <initializer_list>
#include <vector>

namespace gilsim::sim {

// Throws std::invalid_argument: an empty sample, a value that is not finite, a probability outside
// [0, 1].
double quantile(std::vector<double> sample, double probability);

// The same for several probabilities, which sorts once.
std::vector<double> quantiles(std::vector<double> sample,
                              std::initializer_list<double> probabilities);

}  // namespace gilsim::sim
