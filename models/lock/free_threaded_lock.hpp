// A free-threaded build (CPython 3.13 and later, --disable-gil): no lock, but threads are attached
// to the interpreter, and a collection stops the world.
//
// take() attaches, release() detaches; neither waits for anybody, as take_gil() returns at once
// while gil->enabled is 0. A thread that is to collect has all attached threads stop at their next
// check of the eval breaker, waits for the last of them, collects, and lets them go on; who wants
// to attach meanwhile waits. C code that stays attached is waited for, however long it takes.
//
// What a single thread pays for the build is in its measured rate of bytecode; with the rates of a
// build that has the lock a stated tax takes its place (Configuration::free_threading_tax). With
// the lock switched on again (PYTHON_GIL=1, -X gil=1, or an extension module that is not marked) it
// is that of 3.13: `holder_request`, at the free-threaded build's own rates.
//
// Source: CPython 3.14 Python/ceval_gil.c, take_gil(), _Py_HandlePending(); Python/pystate.c,
// stop_the_world(), PEP 703.
// Left out: locks of single objects and shared reference counts, but for steps that say that they
// share an object (models/program/shared_objects.hpp); the second pause of a collection.
#pragma once

#include <vector>

#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {

class FreeThreadedLock final : public InterpreterLock {
 public:
  // `notice`: from a request to stop to a thread's next look at its eval breaker.
  FreeThreadedLock(Machine& machine, sim::Duration notice) : machine_(machine), notice_(notice) {}

  bool is_exclusive() const override { return false; }
  std::optional<CpuRequest> take(LockSeat& seat) override;
  std::optional<CpuRequest> release(LockSeat& seat) override;
  std::optional<CpuRequest> pending(LockSeat& seat) override;
  sim::Duration stretch(const LockSeat& seat, sim::Duration wanted) override;
  bool must_drop(const LockSeat&) override { return false; }
  void timer_expired(LockSeat&) override {}

 private:
  enum Stage : std::uint8_t { kIdle, kAttaching, kStopping, kCollecting, kSuspended, kLeaving };

  std::optional<CpuRequest> stop_the_world(LockSeat& seat);
  void start_the_world();
  // True when somebody was woken, which is to be paid for.
  bool leave(const LockSeat& seat);

  Machine& machine_;
  sim::Duration notice_;
  std::vector<LockSeat*> attached_;
  LockSeat* collector_ = nullptr;
  WaiterList waiting_;  // for the world to start
};

}  // namespace gilsim::model
