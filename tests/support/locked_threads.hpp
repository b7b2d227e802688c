// Threads of one interpreter that follow scripts, under a lock by name, on a machine that costs
// nothing but what a test says. They ask for the lock in the order given.
#pragma once

#include <string>
#include <vector>

#include "models/program/world.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/script.hpp"

namespace gilsim::model {

constexpr sim::Duration ns(std::int64_t n) { return sim::Duration::nanoseconds(n); }
constexpr sim::Duration us(std::int64_t n) { return sim::Duration::microseconds(n); }
constexpr sim::Duration ms(std::int64_t n) { return sim::Duration::milliseconds(n); }
constexpr sim::Duration kNotice = ns(1);  // one loop at the 1e9 loops/s of free_machine()

struct LockedThreads {
  LockedThreads(Configuration configuration, LockKind kind, std::vector<Script*> scripts)
      : world(with(std::move(configuration), kind), 1, 0), lock(world.create_interpreter()) {
    for (Script* script : scripts) start(*script);
  }
  // `interpreter`: which one of those that share the lock.
  void start(Script& script, std::uint16_t interpreter = 0) {
    python.push_back(&world.create_thread("t" + std::to_string(python.size()), lock, Layout::kMain,
                                          script, interpreter));
    world.start(*python.back());
  }
  // With the laws of the simulated world checked.
  void run_until(sim::Duration end) {
    world.run_until(sim::Time::from_start(end));
    world.check_accounts();
  }

  World world;
  InterpreterLock& lock;
  std::vector<PythonThread*> python;

 private:
  static Configuration with(Configuration configuration, LockKind kind) {
    configuration.lock = kind;
    return configuration;
  }
};

}  // namespace gilsim::model
