// A proposal: the interval lock with a queue. Who releases hands the lock to the thread that has
// waited longest, and nobody overtakes.
//
// The rest is as in CPython 3.2 and later: a waiter sleeps for a full switch interval from its own
// arrival, and asks the holder to drop if the lock did not change hands meanwhile; its place in the
// queue it keeps. Since the lock is never free while somebody waits, whoever drops it need not park
// until another thread has taken it, and no request is lost by barging. What it costs is that the
// lock belongs to a thread that is still waking up: at each hand-over nobody runs bytecode for the
// latency of a wake-up, and on a busy core for as long as it takes to be scheduled.
//
// Source: stated here; ticket and hand-off locks are folklore. For CPython it was considered, and
// not done, in bpo-7946 (2010). Left out: the mutex's own cost.
#pragma once

#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {

class FifoLock final : public InterpreterLock {
 public:
  // `notice`: from the request to the holder's next look at its eval breaker.
  FifoLock(Machine& machine, sim::Duration interval, sim::Duration notice)
      : machine_(machine), interval_(interval), notice_(notice) {}

  std::optional<CpuRequest> take(LockSeat& seat) override;
  std::optional<CpuRequest> release(LockSeat& seat) override;
  bool must_drop(const LockSeat&) override { return drop_requested_; }
  void timer_expired(LockSeat& seat) override { seat.timed_out = true; }

 private:
  enum Stage { kIdle, kWaiting, kWaking };

  CpuRequest sleep(LockSeat& seat);
  void give_to(LockSeat& seat);

  Machine& machine_;
  sim::Duration interval_;
  sim::Duration notice_;
  LockSeat* holder_ = nullptr;  // also while it is on its way
  const LockSeat* last_holder_ = nullptr;
  std::int64_t switches_ = 0;
  bool drop_requested_ = false;
  WaiterList waiting_;
};

}  // namespace gilsim::model
