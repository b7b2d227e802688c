// The order of events at the same instant. Smaller goes first; within one, first scheduled first.
#pragma once

#include <cstdint>

namespace gilsim::sim {

enum class Priority : std::uint8_t {
  kCompletion,  // work that ends at t has ended when a timer of t looks at it
  kDispatch,    // a core's next thread starts before timers of t can take the core away
  kTimer,       // an expired timer is seen before the tick that may follow it in the same interrupt
  kTick,        // the scheduler's tick accounts for all that happened up to and at t
  kStop,        // the end of a run sees everything that happens at t
};
inline constexpr int kPriorities = 5;

}  // namespace gilsim::sim
