// A sample in three figures, by the quantiles of sim/quantile.hpp.
#pragma once

#include <vector>

#include "sim/quantile.hpp"

namespace gilsim::analysis {

using sim::quantile;

struct Band {
  double median = 0;
  double low = 0;   // 5 % quantile
  double high = 0;  // 95 % quantile
};

// Throws as quantile() does.
Band band_of(std::vector<double> sample);

}  // namespace gilsim::analysis
