// How long an idle core takes until the thread that is woken there runs user code. The longer a
// core has been idle, the deeper it sleeps; the steps between depths differ from host to host, so a
// profile keeps the latency at several idle times, and what lies between is interpolated.
#pragma once

#include <vector>

#include "models/estimate.hpp"

namespace gilsim::model {

struct WakeLatency {
  sim::Duration idle;  // how long the core had been idle
  Cost latency;
};

template <class Visitor>
void describe(Visitor& visit, WakeLatency& p) {
  visit.field("idle", p.idle,
              {.meaning = "how long the core had been idle", .min = 1, .required = true});
  visit.field("latency", p.latency,
              {.meaning = "from the wake-up to user code", .min = 0, .required = true});
}

// By idle time, ascending; not empty.
using WakeCurve = std::vector<WakeLatency>;

// Linear in the logarithm of the idle time between two points, constant beyond the ends.
Cost latency_after(const WakeCurve& curve, sim::Duration idle);

// A curve made ready to be drawn from often: the same quantiles as of latency_after().
class PreparedWakeCurve {
 public:
  explicit PreparedWakeCurve(const WakeCurve& curve);
  // The quantile that a standard normal variable has at `z`.
  sim::Duration after(sim::Duration idle, double z) const;

 private:
  WakeCurve curve_;
  std::vector<PreparedCost> costs_;  // at its points
};

inline WakeCurve always(sim::Duration latency) {
  return {{sim::Duration::microseconds(100), Cost::exactly(latency)}};
}

}  // namespace gilsim::model
