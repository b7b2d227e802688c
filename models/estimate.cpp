#include "models/estimate.hpp"

#include <cmath>

namespace gilsim::model {
namespace {

constexpr double kQuantile95 = 1.6448536269514722;  // of the standard normal distribution

// exp(log-distance of the quantile on the drawn side, times z / z95); 1 where that side has no
// width.
double factor(double median, double low, double high, double z) {
  const double end = z < 0 ? low : high;
  if (median <= 0 || end <= 0 || end == median) return 1;
  return std::exp(std::log(end / median) * std::fabs(z) / kQuantile95);
}

}  // namespace

sim::Duration Cost::draw(sim::RandomStream& random) const {
  const double z = random.normal();
  return median.scaled(factor(static_cast<double>(median.count()), static_cast<double>(low.count()),
                              static_cast<double>(high.count()), z));
}

double Estimate::draw(sim::RandomStream& random) const {
  const double z = random.normal();
  return median * factor(median, low, high, z);
}

}  // namespace gilsim::model
