#include "models/os/wake_latency.hpp"

#include <algorithm>
#include <cmath>

namespace gilsim::model {
namespace {

auto first_not_below(const WakeCurve& curve, sim::Duration idle) {
  return std::find_if(curve.begin(), curve.end(),
                      [idle](const WakeLatency& p) { return p.idle >= idle; });
}

}  // namespace

Cost latency_after(const WakeCurve& curve, sim::Duration idle) {
  const auto above = first_not_below(curve, idle);
  if (above == curve.end()) return curve.back().latency;
  if (above == curve.begin() || above->idle == idle) return above->latency;
  const WakeLatency& from = *(above - 1);
  const auto log_of = [](sim::Duration d) { return std::log(static_cast<double>(d.count())); };
  const double share =
      (log_of(idle) - log_of(from.idle)) / (log_of(above->idle) - log_of(from.idle));
  const auto between = [share](sim::Duration a, sim::Duration b) {
    return a + (b - a).scaled(share);
  };
  return {between(from.latency.median, above->latency.median),
          between(from.latency.low, above->latency.low),
          between(from.latency.high, above->latency.high), from.latency.samples};
}

PreparedWakeCurve::PreparedWakeCurve(const WakeCurve& curve) : curve_(curve) {
  for (const WakeLatency& point : curve) costs_.emplace_back(point.latency);
}

sim::Duration PreparedWakeCurve::after(sim::Duration idle, double z) const {
  const auto above = first_not_below(curve_, idle);
  if (above == curve_.end()) return costs_.back().at(z);
  if (above == curve_.begin() || above->idle == idle) {
    return costs_[static_cast<std::size_t>(above - curve_.begin())].at(z);
  }
  return PreparedCost(latency_after(curve_, idle)).at(z);
}

}  // namespace gilsim::model
