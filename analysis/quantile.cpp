#include "analysis/quantile.hpp"

#include <utility>

namespace gilsim::analysis {

Band band_of(std::vector<double> sample) {
  const std::vector<double> figures = sim::quantiles(std::move(sample), {0.5, 0.05, 0.95});
  return {figures[0], figures[1], figures[2]};
}

}  // namespace gilsim::analysis
