// Python threads of the reference model: the interpreter lock, and what a thread does with it.
// take() and drop() follow take_gil() and drop_gil() of CPython 3.11, Python/ceval_gil.h, line by
// line; the waiter that has waited longest gets the signal.
#pragma once

#include <deque>

#include "models/program/action.hpp"
#include "tests/support/reference_machine.hpp"

namespace gilsim::test {

class RefLock {
 public:
  RefLock(RefMachine& machine, Nanoseconds interval, Nanoseconds notice)
      : machine_(machine), interval_(interval), notice_(notice) {}

  Task take(RefThread& self);
  Task drop(RefThread& self);
  bool drop_requested() const { return drop_request_; }

  std::int64_t forced_drops = 0;
  std::int64_t switch_number = 0;

 private:
  RefMachine& machine_;
  const Nanoseconds interval_;
  const Nanoseconds notice_;
  bool locked_ = false;
  RefThread* holder_ = nullptr;
  RefThread* last_holder_ = nullptr;
  bool drop_request_ = false;
  std::deque<RefThread*> cond_;
  std::deque<RefThread*> switch_cond_;
};

struct RefPython {
  RefMachine& machine;
  RefLock& lock;
  RefThread* thread = nullptr;
  bool parked = false;
  bool permit = false;

  Task begin() { return lock.take(*thread); }
  // Begins and ends holding the lock, but for the last, exit.
  Task act(model::Action action);
  void unpark();

 private:
  Task run_bytecode(Nanoseconds left);
  Task let_go_if_asked();
};

}  // namespace gilsim::test
