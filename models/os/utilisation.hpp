// How much of one core has been used of late: an average that halves in 32 ms, 0 to 1.
//
// Source: Linux kernel/sched/pelt.c (util_avg, without util_est). Left out: that a thread takes its
// part along to another core; changes within a millisecond count as spread evenly over it.
#pragma once

#include <cmath>
#include <cstdint>

#include "sim/time.hpp"

namespace gilsim::model {

class Utilisation {
 public:
  explicit Utilisation(double initially = 0) : average_(initially) {}

  // For how long a core that was idle must run to be utilised by `share`, below 1.
  static sim::Duration time_to(double share) {
    return sim::Duration::nanoseconds(
        static_cast<std::int64_t>(-std::log2(1 - share) * kHalfLife * 1e9));
  }

  // A thread begins (+1) or ceases (-1) to run there.
  void change(sim::Time now, int by) {
    at(now);
    running_ += by;
  }
  double at(sim::Time now) {
    ran_ += (now - changed_) * running_;
    changed_ = now;
    const sim::Duration since = now - folded_;
    if (since < kPeriod) return average_;
    const double used = static_cast<double>(ran_.count()) / static_cast<double>(since.count());
    const double kept = std::exp2(-since.in_seconds() / kHalfLife);
    average_ = kept * average_ + (1 - kept) * used;
    ran_ = {};
    folded_ = now;
    return average_;
  }

 private:
  static constexpr sim::Duration kPeriod = sim::Duration::nanoseconds(1 << 20);
  static constexpr double kHalfLife = 32 * 0.001048576;  // seconds

  double average_;
  sim::Time folded_;
  sim::Time changed_;
  sim::Duration ran_;  // since it was folded into the average
  int running_ = 0;
};

}  // namespace gilsim::model
