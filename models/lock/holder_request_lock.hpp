// The interval lock of CPython 3.13 and later: the request to drop is a bit on the thread state of
// the thread that holds the lock.
//
// So it reaches the holder whichever interpreter it belongs to, and a thread that takes the lock
// clears its own bit only. Of threads of one interpreter that changes nothing: who times out sees
// the lock's present holder, and that one loses its bit at the latest when it takes the lock again.
// A collection that is due comes before the drop (InterpreterLock::pending()), as from 3.12 on.
//
// Source: CPython 3.13 Python/ceval_gil.c, take_gil(), drop_gil(), _Py_HandlePending().
// Left out: as in interval_lock.hpp; signals and pending calls before a drop.
#pragma once

#include "models/lock/flags.hpp"
#include "models/lock/interval_lock.hpp"

namespace gilsim::model {

class HolderRequestLock final : public IntervalLock {
 public:
  using IntervalLock::IntervalLock;

 protected:
  void ask(const LockSeat& holder, const LockSeat& asking) override;
  bool is_asked(const LockSeat& seat) const override { return requests_[seat.thread->id]; }
  void forget_request(const LockSeat& seat) override { requests_.assign(seat.thread->id, false); }

 private:
  Flags requests_;  // by thread
};

}  // namespace gilsim::model
