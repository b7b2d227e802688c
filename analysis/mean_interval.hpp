// The interval of a mean by Student's t, for independent values. "Student", "The probable error of
// a mean", Biometrika 6 (1908). Exact for normal values; for others good from a few dozen on.
#pragma once

#include <vector>

namespace gilsim::analysis {

struct MeanInterval {
  double mean = 0;
  double half_width = 0;
};

// Throws std::invalid_argument: fewer than two values, a confidence outside (0, 1).
MeanInterval mean_interval(const std::vector<double>& sample, double confidence);

// Half the interval's width relative to the size of the mean; 0 where all values are equal.
// Infinite where the mean is 0 and the values are not.
double relative_half_width(const std::vector<double>& sample, double confidence);

}  // namespace gilsim::analysis
