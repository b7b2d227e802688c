// Instants that come back: the kernel's tick, the refill of a quota.
#pragma once

#include "sim/time.hpp"

namespace gilsim::model {

// The first instant after `now` of those at `phase` and each `period` after it. `phase` is less
// than a period.
inline sim::Time next_periodic(sim::Time now, sim::Duration period, sim::Duration phase) {
  const std::int64_t since_phase = (now.since_start() - phase + period).count();
  const std::int64_t periods = since_phase / period.count();
  return sim::Time::from_start(period * periods + phase);
}

}  // namespace gilsim::model
