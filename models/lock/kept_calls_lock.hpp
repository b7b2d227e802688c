// A proposal: the interval lock, but C code keeps it over socket calls that do not block.
//
// Today every call on a socket lets go of the lock, the ones that return at once, too; beside a
// thread that computes each of them may cost a switch interval. The proposed change keeps it over
// calls on non-blocking sockets, and over polls without a time-out, as an event loop makes them.
//
// Of a wait the calls that ask keep the lock; the one that blocks lets go of it. Since our real
// runs use blocking sockets, nothing measured here has this lock.
// Source: cpython #89977 (bpo-45819), pull request 29579, open. Left out: as in interval_lock.hpp.
#pragma once

#include "models/lock/interval_lock.hpp"

namespace gilsim::model {

class KeptCallsLock final : public IntervalLock {
 public:
  using IntervalLock::IntervalLock;
  bool keeps_over_short_calls() const override { return true; }
};

}  // namespace gilsim::model
