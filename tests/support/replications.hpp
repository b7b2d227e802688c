// Independent replications: Student's t interval of their mean.
#pragma once

#include <functional>
#include <vector>

namespace gilsim::test {

struct Interval {
  double mean = 0;
  double half_width = 0;
  bool contains(double value) const {
    return value >= mean - half_width && value <= mean + half_width;
  }
};

// Throws std::invalid_argument for fewer than two values.
Interval student_interval(const std::vector<double>& sample, double confidence);

inline constexpr int kReplications = 40;
inline constexpr double kConfidence = 0.999;

// `replication(i)` for i = 0 ... kReplications - 1.
std::vector<double> replications(const std::function<double(int)>& replication);

}  // namespace gilsim::test
