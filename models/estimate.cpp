#include "models/estimate.hpp"

#include <algorithm>
#include <cmath>

namespace gilsim::model {
namespace {

constexpr double kQuantile95 = 1.6448536269514722;  // of the standard normal distribution

// Standard deviation of the logarithm on the side of `end`; 0 where that side has no width.
double spread(double median, double end) {
  if (median <= 0 || end <= 0 || end == median) return 0;
  return std::log(end / median) / kQuantile95;
}

double factor(double spread_of_side, double z) {
  return spread_of_side == 0 ? 1 : std::exp(spread_of_side * std::fabs(z));
}

double in_nanoseconds(sim::Duration time) { return static_cast<double>(time.count()); }

}  // namespace

sim::Duration Cost::draw(sim::RandomStream& random) const {
  return PreparedCost(*this).draw(random);
}

PreparedCost::PreparedCost(const Cost& cost)
    : median_(cost.median),
      below_(spread(in_nanoseconds(cost.median), in_nanoseconds(cost.low))),
      above_(spread(in_nanoseconds(cost.median), in_nanoseconds(cost.high))) {}

sim::Duration PreparedCost::draw(sim::RandomStream& random) const {
  if (below_ == 0 && above_ == 0) {
    random.bits();  // so that a spread shifts nobody's draws
    return median_;
  }
  return at(random.normal());
}

sim::Duration PreparedCost::at(double z) const {
  return median_.scaled(factor(z < 0 ? below_ : above_, z));
}

double Estimate::draw(sim::RandomStream& random) const {
  const double z = random.normal();
  return median * factor(spread(median, z < 0 ? low : high), z);
}

Cost without(const Cost& total, const Cost& part) {
  const auto left = [](sim::Duration whole, sim::Duration of_part) {
    const double square = in_nanoseconds(whole) * in_nanoseconds(whole) -
                          in_nanoseconds(of_part) * in_nanoseconds(of_part);
    return sim::Duration::from_nanoseconds(std::sqrt(std::max(0.0, square)));
  };
  const sim::Duration median = std::max(total.median - part.median, sim::Duration());
  const sim::Duration below = left(total.median - total.low, part.median - part.low);
  const sim::Duration above = left(total.high - total.median, part.high - part.median);
  return {median, std::max(median - below, sim::Duration()), median + above, total.samples};
}

}  // namespace gilsim::model
