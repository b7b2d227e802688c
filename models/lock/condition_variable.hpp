// Who waits on gil->cond, and who gets a signal: glibc's condition variable with its two groups.
//
// Waiters register with the newer group, G2. A signal goes to the older one, G1; when nobody is
// left there, G2 becomes G1 first. Within a group the kernel's futex queue is first in, first out;
// but a waiter that has registered and does not sleep yet sees the signal before anybody can be
// woken, and takes it. The sleeper that the signal woke finds it gone, and sleeps again at the end
// of its group's queue, its deadline unchanged.
//
// Source: glibc 2.36 nptl/pthread_cond_wait.c, pthread_cond_signal.c, pthread_cond_common.c
// (__condvar_quiesce_and_switch_g1; the same from 2.25 to 2.40).
// Left out: signals passed on by waiters that time out; spinning; pthread_cond_broadcast.
#pragma once

#include <array>
#include <cstdint>

#include "models/lock/lock_seat.hpp"

namespace gilsim::model {

class ConditionVariable {
 public:
  bool has_waiters() const { return !groups_[0].empty() || !groups_[1].empty(); }

  // Registers at the end of G2.
  void enter(LockSeat& seat);
  // Takes a signal, or times out: then its place is lost.
  void leave(LockSeat& seat);

  // Chooses the group that the next signal goes to, and says who is first to be woken there.
  // There must be waiters.
  LockSeat& first_to_wake();
  // Whether a signal sent now could be taken by `seat`.
  bool reaches(const LockSeat& seat) const { return seat.waiting && seat.group == older_; }
  // A sleeper that was woken for a signal that somebody else took.
  void sleep_again(LockSeat& seat);

 private:
  std::array<WaiterList, 2> groups_;
  std::uint8_t older_ = 0;  // which one is G1
};

}  // namespace gilsim::model
