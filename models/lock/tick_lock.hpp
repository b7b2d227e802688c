// The tick lock of CPython 2 and of 3.0 and 3.1.
//
// Bytecode counts ticks: opcodes that go through the top of the evaluation loop. When a counter
// that all threads share is below 0, its holder sets it back to sys.getcheckinterval() = 100,
// releases the lock, and takes it again at once. The lock is a POSIX semaphore without a queue:
// releasing wakes one of those that sleep, but the semaphore is whoever's comes first, and that is
// the thread that has just released it, unless another one is awake and looks in the very moment of
// the system call in between. A waiter that comes too late goes to sleep again. There is no request
// and no timer; on one core a waiter runs only when the system preempts the holder.
//
// While nobody waits a release is two atomic instructions, which the measured rate of bytecode
// includes; so it is not simulated, and the counter goes on.
//
// Source: CPython 2.7.18 Python/ceval.c, PyEval_EvalFrameEx(), _Py_Ticker, DISPATCH();
// Python/thread_pthread.h, USE_SEMAPHORES; glibc 2.36 nptl/sem_waitcommon.c, sem_post.c.
// Left out: C code ticks too, whenever it runs bytecode; here only bytecode does.
#pragma once

#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {

class TickLock final : public InterpreterLock {
 public:
  // Of one loop of `while n > 0: n -= 1`: COMPARE_OP, INPLACE_SUBTRACT and JUMP_ABSOLUTE go through
  // DISPATCH(), which counts; the other five opcodes through FAST_DISPATCH(), which does not. (With
  // computed gotos, as from 2.7.11 on; counted on a real 2.7.18: 101 / 3 loops between releases.)
  static constexpr double kTicksPerLoop = 3;
  static constexpr double kCheckInterval = 100;

  // `period`: of bytecode between two releases.
  TickLock(Machine& machine, sim::Duration period) : machine_(machine), period_(period) {}

  std::optional<CpuRequest> take(LockSeat& seat) override;
  std::optional<CpuRequest> release(LockSeat& seat) override;
  sim::Duration stretch(const LockSeat& seat, sim::Duration wanted) override;
  void ran(const LockSeat& seat, sim::Duration bytecode) override;
  bool must_drop(const LockSeat& seat) override;
  void timer_expired(LockSeat&) override {}

 private:
  enum Stage : std::uint8_t { kIdle, kTrying, kAsleep, kPosting };

  void acquire(LockSeat& seat);
  void register_waiter();

  Machine& machine_;
  sim::Duration period_;
  sim::Duration since_release_;  // bytecode, without what is not counted of the stretch
  sim::Duration stretch_;        // of bytecode, in progress
  sim::Duration counted_;        // of that
  bool free_ = true;             // the semaphore's value
  int waiters_ = 0;              // its nwaiters: in sem_wait(), asleep or not
  LockSeat* holder_ = nullptr;
  const LockSeat* last_holder_ = nullptr;
  WaiterList asleep_;  // on the futex, first in, first out
};

}  // namespace gilsim::model
