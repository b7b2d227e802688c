// Quantiles of a sample by linear interpolation between order statistics: type 7 of R. Hyndman and
// Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
// Type 7 is what R, NumPy and Python's `statistics.quantiles(method="inclusive")` give.
#pragma once

#include <vector>

namespace gilsim::analysis {

// Throws std::invalid_argument: an empty sample, a value that is not finite, a probability outside
// [0, 1].
double quantile(std::vector<double> sample, double probability);

// A sample in three figures.
struct Band {
  double median = 0;
  double low = 0;   // 5 % quantile
  double high = 0;  // 95 % quantile
};

// Throws as quantile() does.
Band band_of(std::vector<double> sample);

}  // namespace gilsim::analysis
