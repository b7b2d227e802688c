// What a lock itself knows of its use: how many threads wait for it, and whether it is held, over
// time. Little's law says that the first, integrated, is the sum of the threads' waits; they keep
// that sum elsewhere (models/laws/law_checker.hpp), which compares the two.
//
// A thread waits from the moment that it finds the lock taken until it has taken it, awake or not.
#pragma once

#include <cstdint>

#include "sim/time.hpp"

namespace gilsim::model {

class LockBooks {
 public:
  void begins_to_wait(sim::Time now) {
    settle(now);
    ++waiting_;
  }
  void takes(sim::Time now, bool after_a_wait) {
    settle(now);
    if (after_a_wait) --waiting_;
    is_held_ = true;
  }
  void lets_go(sim::Time now) {
    settle(now);
    is_held_ = false;
  }

  // Until `now`: the number of waiting threads, integrated; how long somebody had the lock.
  sim::Duration waited(sim::Time now) const { return waited_ + (now - settled_) * waiting_; }
  sim::Duration held(sim::Time now) const { return is_held_ ? held_ + (now - settled_) : held_; }

 private:
  void settle(sim::Time now) {
    waited_ = waited(now);
    held_ = held(now);
    settled_ = now;
  }

  sim::Time settled_;
  sim::Duration waited_;
  sim::Duration held_;
  std::int64_t waiting_ = 0;
  bool is_held_ = false;
};

}  // namespace gilsim::model
