// How honest prediction intervals are: how often a single measured value lies inside, and how wide
// they are. An interval that always covers because it is wide says little, so the two belong
// together. The counts are binomial; J. Wilson's interval (1927) says how far the share itself can
// be trusted, were the values independent. Runs of one point are not, so it is a lower limit of the
// uncertainty.
#pragma once

#include <optional>
#include <vector>

#include "analysis/quantile.hpp"

namespace gilsim::analysis {

struct IntervalInput {
  Band predicted;
  std::vector<double> measured;  // single runs
};

struct IntervalScore {
  int points = 0;
  int values = 0;                         // single runs of all points
  int inside = 0;                         // of them
  int medians_inside = 0;                 // of the points
  std::optional<double> median_width;     // (high - low) / median of the prediction, over points
  std::optional<double> measured_spread;  // the same of what was measured
};

IntervalScore score_intervals(const std::vector<IntervalInput>& points);

struct Share {
  double low = 0;
  double high = 0;
};
// 95 % limits of a share; throws std::invalid_argument where `of` is below 1 or below `count`.
Share share_limits(int count, int of);

// Where a race decides, single figures mean little: two distributions agree when each one's median
// lies in the other one's range.
bool ranges_agree(const Band& first, const Band& second);

}  // namespace gilsim::analysis
