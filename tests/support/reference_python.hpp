// Python threads of the reference model: the interpreter lock, and what a thread does with it.
// take() and drop() follow take_gil() and drop_gil() of CPython 3.11, Python/ceval_gil.h, line by
// line; of its condition variable the two groups are kept. A signal is stolen always, or never.
#pragma once

#include <algorithm>
#include <deque>

#include "models/program/action.hpp"
#include "tests/support/reference_machine.hpp"

namespace gilsim::test {

class RefLock {
 public:
  RefLock(RefMachine& machine, const model::MachineParameters& parameters, Nanoseconds interval,
          Nanoseconds notice, bool always_stolen)
      : machine_(machine),
        interval_(interval),
        notice_(notice),
        look_(std::max<Nanoseconds>(
            (parameters.timed_wait.median - parameters.context_switch.median).count(), 0)),
        window_(parameters.signal_window.median.count()),
        always_stolen_(always_stolen) {}

  Task take(RefThread& self);
  Task drop(RefThread& self);
  bool drop_requested() const { return drop_request_; }

  std::int64_t forced_drops = 0;
  std::int64_t switch_number = 0;

 private:
  struct Waiter {
    RefThread* thread;
    Nanoseconds registered;
    Nanoseconds deadline;
    enum class State { kAsleep, kRoused, kSignalled, kTimedOut };
    State state = State::kAsleep;
  };
  std::deque<Waiter*>& group_of(Waiter& waiter);
  void time_out(Waiter& waiter);
  void signal(const RefThread& dropper);

  RefMachine& machine_;
  const Nanoseconds interval_;
  const Nanoseconds notice_;
  const Nanoseconds look_;  // CPU time of looking at the lock after a time-out
  const Nanoseconds window_;
  const bool always_stolen_;
  bool locked_ = false;
  RefThread* holder_ = nullptr;
  RefThread* last_holder_ = nullptr;
  bool drop_request_ = false;
  std::deque<Waiter*> older_;  // G1 of the condition variable
  std::deque<Waiter*> newer_;  // G2
  Waiter* latest_ = nullptr;   // to register
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
