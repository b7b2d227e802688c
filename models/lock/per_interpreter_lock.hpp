// The interval lock of CPython 3.12: it hangs on the interpreter, and so does the request to drop
// it.
//
// Isolated interpreters have a lock each (PEP 684): of those there are several of these, which know
// nothing of each other. Legacy interpreters share the main one's. Then a waiter sets the request
// of its *own* interpreter, which the holder, if it belongs to another one, never looks at: a
// thread that computes in one legacy interpreter keeps those of all others waiting until it lets go
// of its own accord. Seen on real 3.11 and 3.12 (docs/locks/per_interpreter.md); 3.13 mended it.
//
// Source: CPython 3.12 Python/ceval_gil.c, take_gil(), SET_GIL_DROP_REQUEST(); the request is each
// interpreter's from 3.9 on (bpo-40513). Left out: as in interval_lock.hpp.
#pragma once

#include "models/lock/flags.hpp"
#include "models/lock/interval_lock.hpp"

namespace gilsim::model {

class PerInterpreterLock final : public IntervalLock {
 public:
  using IntervalLock::IntervalLock;

 protected:
  void ask(const LockSeat& holder, const LockSeat& asking) override;
  bool is_asked(const LockSeat& seat) const override { return requests_[seat.interpreter]; }
  void forget_request(const LockSeat& seat) override { requests_.assign(seat.interpreter, false); }

 private:
  Flags requests_;  // by interpreter
};

}  // namespace gilsim::model
