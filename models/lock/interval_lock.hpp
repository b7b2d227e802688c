// The interval lock of CPython 3.2 to 3.11 (and, one for each interpreter, of 3.12 and later).
//
// A waiter sleeps on a condition variable for a full switch interval, from its own arrival; when it
// times out, the lock is still held and no switch has happened since it began to wait, it asks the
// holder to drop. Whoever finds the lock free takes it: a thread that comes by may overtake the
// waiter that was signalled (barging). Taking the lock clears the request, whosever it was (lost
// requests). After a release with a request pending, voluntary or not, the releasing thread parks
// until somebody else has taken the lock (forced switching).
//
// Source: CPython 3.11 Python/ceval_gil.h, take_gil() and drop_gil(); 3.2 Python/ceval_gil.h.
// Left out: the mutexes' own cost and contention; which waiter glibc's condition variable signals
// (here the one that has waited longest); pending calls, signals and collections before a drop.
#pragma once

#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {

class IntervalLock : public InterpreterLock {
 public:
  // `notice`: from the request to the holder's next look at its eval breaker.
  IntervalLock(Machine& machine, sim::Duration interval, sim::Duration notice)
      : machine_(machine), interval_(interval), notice_(notice) {}

  std::optional<CpuRequest> take(LockSeat& seat) override;
  std::optional<CpuRequest> release(LockSeat& seat) override;
  bool must_drop(const LockSeat& seat) override { return is_asked(seat); }
  void timer_expired(LockSeat& seat) override;

 protected:
  // Where the request to drop is kept: here one bit for all threads.
  virtual void ask(const LockSeat& holder, const LockSeat& asking);
  virtual bool is_asked(const LockSeat&) const { return drop_requested_; }
  virtual void forget_request(const LockSeat&) { drop_requested_ = false; }
  void make_holder_look() { machine_.interrupt(*holder_->thread, notice_); }

 private:
  enum Stage : std::uint8_t { kIdle, kWaiting, kSignalling, kAwaitingSwitch };

  CpuRequest wait(LockSeat& seat);
  void acquire(LockSeat& seat);

  Machine& machine_;
  sim::Duration interval_;
  sim::Duration notice_;
  LockSeat* holder_ = nullptr;
  const LockSeat* last_holder_ = nullptr;
  std::int64_t switches_ = 0;  // gil->switch_number
  bool drop_requested_ = false;
  WaiterList waiting_;          // on gil->cond
  WaiterList awaiting_switch_;  // on gil->switch_cond
};

}  // namespace gilsim::model
