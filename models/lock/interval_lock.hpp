// The interval lock of CPython 3.2 to 3.11 (and, one for each interpreter, of 3.12 and later).
//
// A waiter sleeps on a condition variable for a full switch interval, from its own arrival; when it
// times out, the lock is still held and no switch has happened since it began to wait, it asks the
// holder to drop. Whoever finds the lock free takes it: a thread that comes by may overtake the
// waiter that was signalled (barging). Taking the lock clears the request, whosever it was (lost
// requests). After a release with a request pending, voluntary or not, the releasing thread parks
// until somebody else has taken the lock (forced switching).
//
// The signal of a release goes to the waiter that condition_variable.hpp says, unless a thread on
// another core has registered there a moment ago and is still awake: then that one gets it, with
// measured odds (InterpreterParameters::signal_stolen), and the sleeper is woken in vain. It is
// mostly the thread whose request caused the release.
//
// Source: CPython 3.11 Python/ceval_gil.h, take_gil() and drop_gil(); 3.2 Python/ceval_gil.h.
// Left out: contention of the lock's mutexes; pending calls, signals and collections before a drop.
#pragma once

#include "models/lock/condition_variable.hpp"
#include "models/lock/switching_lock.hpp"

namespace gilsim::model {

class IntervalLock : public SwitchingLock {
 public:
  // `notice`: from the request to the holder's next look at its eval breaker. `stolen`: the odds
  // that a waiter still awake takes a signal.
  IntervalLock(Machine& machine, sim::Duration interval, sim::Duration notice,
               const Estimate& stolen)
      : SwitchingLock(machine, interval, notice),
        window_(machine.parameters().signal_window),
        stolen_(stolen) {}

  std::optional<CpuRequest> take(LockSeat& seat) override;
  bool must_drop(const LockSeat& seat) override { return is_asked(seat); }
  void timer_expired(LockSeat& seat) override;

 protected:
  // Where the request to drop is kept: here one bit for all threads.
  virtual void ask(const LockSeat& holder, const LockSeat& asking);
  bool is_asked(const LockSeat&) const override { return drop_requested_; }
  void forget_request(const LockSeat&) override { drop_requested_ = false; }

 private:
  CpuRequest wait(LockSeat& seat);
  CpuRequest sleep(LockSeat& seat);
  bool signal(const LockSeat& releasing) final;
  LockSeat* thief(const LockSeat& releasing);
  bool steals();

  const PreparedCost window_;  // in which a waiter is still awake
  const Estimate stolen_;
  bool drop_requested_ = false;
  ConditionVariable waiting_;   // gil->cond
  LockSeat* latest_ = nullptr;  // to register on gil->cond
  sim::Time latest_registered_;
  double odds_ = -1;  // of a theft, one draw a run: processes differ
};

}  // namespace gilsim::model
