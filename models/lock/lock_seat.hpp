// A thread's side of its interpreter's lock, and lists of waiters.
#pragma once

#include <cstdint>

#include "models/os/thread.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

// A thread's side of the lock; one for each thread of the interpreter.
struct LockSeat {
  Thread* thread = nullptr;
  std::uint16_t interpreter = 0;  // which one of those that share the lock
  std::uint8_t stage = 0;         // the variant's own; 0 when nothing is under way
  bool timed_out = false;
  bool waiting = false;            // registered on the condition variable, signal not yet taken
  bool roused = false;             // awake for a signal that somebody else took
  std::uint8_t group = 0;          // of the condition variable's two
  std::int64_t seen_switches = 0;  // gil->switch_number when the wait began
  sim::Time deadline;              // when it times out
  LockSeat* next = nullptr;        // in the list of waiters
  LockSeat* previous = nullptr;
};

// Waiters in order of arrival; leaving from the middle is O(1).
class WaiterList {
 public:
  bool empty() const { return !first_; }
  void append(LockSeat& seat);
  void remove(LockSeat& seat);
  LockSeat& first() { return *first_; }
  LockSeat& take_first();

 private:
  LockSeat* first_ = nullptr;
  LockSeat* last_ = nullptr;
};

}  // namespace gilsim::model
