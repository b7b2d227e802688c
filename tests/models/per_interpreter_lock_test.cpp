// Interpreters that share a lock, in 3.12: a request stays with the interpreter that made it.
#include "models/lock/per_interpreter_lock.hpp"

#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

TEST(PerInterpreterLock, AWaiterOfTheSameInterpreterGetsTheLockAfterOneInterval) {
  Script holder({Action::python(ms(100))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(free_machine(2), LockKind::kPerInterpreter, {&holder, &waiter});
  threads.run_until(ms(5) + kNotice - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(ms(5) + kNotice);
  EXPECT_EQ(waiter.decided_at.size(), 1u);
}

TEST(PerInterpreterLock, AHolderOfAnotherInterpreterNeverHearsTheRequest) {
  Script holder({Action::python(ms(100)), Action::native_released(ms(1))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(free_machine(2), LockKind::kPerInterpreter, {&holder});
  threads.start(waiter, 1);
  threads.run_until(ms(100) - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  EXPECT_EQ(threads.lock.forced_drops(), 0);
  threads.run_until(ms(100));
  EXPECT_EQ(waiter.decided_at, std::vector{ms(100)});
}

TEST(PerInterpreterLock, ARequestUnheardIsForgottenWhenItsInterpreterTakesTheLock) {
  Script holder({Action::native_held(ms(20)), Action::native_released(ms(1))});
  Script waiter({Action::python(ms(3)), Action::python(ms(3))});
  LockedThreads threads(free_machine(2), LockKind::kPerInterpreter, {&holder});
  threads.start(waiter, 1);
  threads.run_until(ms(24));
  EXPECT_EQ(waiter.decided_at, (std::vector{ms(20), ms(23)})) << "not made to drop by itself";
}

Configuration two_interpreters(LockKind lock, bool isolated) {
  Configuration c = free_machine(2);
  c.lock = lock;
  c.isolated = isolated;
  c.duration = ms(200);
  c.threads = {{"main", {PythonStep{Constant{ms(1)}, {}}}},
               {"sub", {PythonStep{Constant{ms(1)}, {}}}, "sub"}};
  return c;
}

std::vector<std::int64_t> rounds(const Configuration& c) {
  std::vector<std::int64_t> rounds;
  for (const ThreadOutcome& thread : simulate(c, 1, 0).outcome.threads) {
    rounds.push_back(thread.operations);
  }
  return rounds;
}

TEST(PerInterpreterLock, IsolatedInterpretersComputeAtTheSameTime) {
  EXPECT_EQ(rounds(two_interpreters(LockKind::kPerInterpreter, true)),
            (std::vector<std::int64_t>{200, 200}));
}

TEST(PerInterpreterLock, AComputingLegacyInterpreterStarvesTheOthersUntil313) {
  EXPECT_EQ(rounds(two_interpreters(LockKind::kPerInterpreter, false)),
            (std::vector<std::int64_t>{200, 0}));
  const auto mended = rounds(two_interpreters(LockKind::kHolderRequest, false));
  EXPECT_NEAR(static_cast<double>(mended[0]), 100, 5);
  EXPECT_NEAR(static_cast<double>(mended[1]), 100, 5);
}

}  // namespace
}  // namespace gilsim::model
