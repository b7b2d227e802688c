// What the locks with forced switching have in common: how a free lock is taken, and how it is let
// go of.
//
// Whoever finds the lock free takes it, which counts as a switch if another thread had it last, and
// lets the thread go on that dropped it. Letting go signals a waiter, if there is one; with a
// request pending, voluntary or not, the thread then parks until another one has taken the lock.
//
// Source: CPython 3.11 Python/ceval_gil.h, take_gil() and drop_gil(), FORCE_SWITCHING.
#pragma once

#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {

class SwitchingLock : public InterpreterLock {
 public:
  std::optional<CpuRequest> release(LockSeat& seat) final;

 protected:
  enum Stage : std::uint8_t { kIdle, kWaiting, kSignalling, kAwaitingSwitch };

  // `notice`: from the request to the holder's next look at its eval breaker.
  SwitchingLock(Machine& machine, sim::Duration interval, sim::Duration notice)
      : machine_(machine), interval_(interval), notice_(notice) {}

  // Whether the thread that lets go has been asked to, and that the request is done with.
  virtual bool is_asked(const LockSeat& seat) const = 0;
  virtual void forget_request(const LockSeat& seat) = 0;
  // Wakes who is to get the lock that `releasing` lets go of; false: nobody waits.
  virtual bool signal(const LockSeat& releasing) = 0;

  void make_holder_look() { machine_.interrupt(*holder_->thread, notice_); }
  void begin_wait(LockSeat& seat);
  void acquire(LockSeat& seat);

  Machine& machine_;
  const sim::Duration interval_;
  LockSeat* holder_ = nullptr;
  std::int64_t switches_ = 0;  // gil->switch_number

 private:
  const sim::Duration notice_;
  const LockSeat* last_holder_ = nullptr;
  WaiterList awaiting_switch_;  // on gil->switch_cond
};

}  // namespace gilsim::model
