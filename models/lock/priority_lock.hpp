// A proposal: threads that do I/O preempt threads that compute. D. Beazley's patch of 2010.
//
// Every thread counts as one that does I/O until it is made to drop the lock; it counts so again
// when it lets go of its own accord. A thread that does I/O and finds the lock held by one that
// computes asks for it at once; among equals, and the other way round, a waiter sleeps for one
// switch interval first, as in the interval lock. A release wakes a thread that does I/O before one
// that computes, and of equals the one that has waited longest. The rest is the interval lock:
// whoever finds the lock free takes it, and who drops it on request parks until it is taken.
//
// Source: D. Beazley, "Revisiting thread priorities and the new GIL" (2010), as V. Skvortsov tells
// it ("Python behind the scenes #13"); bpo-7946. The patch itself was not at hand: which waiter is
// woken is our assumption. Left out: glibc's condition variable; the mutexes' own cost.
#pragma once

#include <array>

#include "models/lock/flags.hpp"
#include "models/lock/switching_lock.hpp"

namespace gilsim::model {

class PriorityLock final : public SwitchingLock {
 public:
  // `notice`: from the request to the holder's next look at its eval breaker.
  PriorityLock(Machine& machine, sim::Duration interval, sim::Duration notice)
      : SwitchingLock(machine, interval, notice) {}

  std::optional<CpuRequest> take(LockSeat& seat) override;
  bool must_drop(const LockSeat&) override { return dropping_ = drop_requested_; }
  void timer_expired(LockSeat& seat) override;

 private:
  bool is_asked(const LockSeat&) const override { return drop_requested_; }
  void forget_request(const LockSeat&) override { drop_requested_ = false; }
  bool signal(const LockSeat& releasing) override;

  bool computes(const LockSeat& seat) const { return computes_[seat.thread->id]; }
  WaiterList& queue_of(const LockSeat& seat) { return waiting_[computes(seat) ? 1 : 0]; }
  void judge(const LockSeat& releasing);
  void ask();
  CpuRequest wait(LockSeat& seat);

  bool drop_requested_ = false;
  bool dropping_ = false;              // the release to come is on request
  Flags computes_;                     // by thread
  std::array<WaiterList, 2> waiting_;  // those that do I/O; those that compute
};

}  // namespace gilsim::model
