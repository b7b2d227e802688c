// Without the lock: threads run together, and stop together for a collection.
#include "models/lock/free_threaded_lock.hpp"

#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

Configuration with_collections(int cores, Duration every, Duration pause) {
  Configuration c = free_machine(cores);
  c.free_threading_tax = 1;
  c.collections = {every, pause};
  return c;
}

TEST(FreeThreadedLock, ThreadsRunBytecodeAtTheSameTime) {
  std::vector<Script> scripts(3, Script({Action::python(ms(10))}));
  LockedThreads threads(with_collections(3, {}, {}), LockKind::kFreeThreaded,
                        {&scripts[0], &scripts[1], &scripts[2]});
  threads.run_until(ms(10) - ns(1));
  for (const Script& script : scripts) EXPECT_EQ(script.decided_at.size(), 1u);
  threads.run_until(ms(10));
  for (const Script& script : scripts) EXPECT_EQ(script.decided_at.size(), 2u);
}

TEST(FreeThreadedLock, ACollectionStopsTheWorld) {
  // 8 ms of bytecode in all: after 4 ms of two threads. All of them lose the pause.
  Script one({Action::python(ms(6))});
  Script two({Action::python(ms(6))});
  LockedThreads threads(with_collections(2, ms(8), ms(2)), LockKind::kFreeThreaded, {&one, &two});
  threads.run_until(ms(8) - ns(1));
  EXPECT_EQ(one.decided_at.size() + two.decided_at.size(), 2u);
  threads.run_until(ms(8) + us(1));  // one of them stopped one loop after the other
  EXPECT_EQ(one.decided_at.size() + two.decided_at.size(), 4u);
}

TEST(FreeThreadedLock, CodeThatStaysAttachedIsWaitedFor) {
  // Due at 1 ms; the native call ends at 10 ms; the pause takes 2 ms more.
  Script computing({Action::python(ms(3))});
  Script native({Action::native_held(ms(10))});
  LockedThreads threads(with_collections(2, ms(1), ms(2)), LockKind::kFreeThreaded,
                        {&native, &computing});
  threads.run_until(ms(12) - ns(1));
  EXPECT_EQ(native.decided_at.size(), 1u) << "finished, but stopped";
  threads.run_until(ms(12));
  EXPECT_EQ(native.decided_at.size(), 2u);
  EXPECT_EQ(computing.decided_at.size(), 1u);
}

TEST(FreeThreadedLock, WhoComesBackDuringACollectionWaitsForItsEnd) {
  Script computing({Action::python(ms(3))});
  Script blocked({Action::sleep(us(1500)), Action::python(ms(1))});
  LockedThreads threads(with_collections(2, ms(1), ms(2)), LockKind::kFreeThreaded,
                        {&computing, &blocked});
  threads.run_until(ms(3) - ns(1));
  EXPECT_EQ(blocked.decided_at.size(), 1u);
  threads.run_until(ms(3));
  EXPECT_EQ(blocked.decided_at, (std::vector{ms(0), ms(3)}));
}

double rounds_of_one_thread(bool measured_without_lock) {
  Configuration c = free_machine(1);
  c.interpreter.free_threaded = measured_without_lock;
  c.lock = LockKind::kFreeThreaded;
  c.free_threading_tax = 1.25;
  c.duration = ms(1000);
  c.threads = {{"cpu", {PythonStep{Constant{ms(1)}, {}}}}};
  return static_cast<double>(simulate(c, 1, 0).outcome.threads.at(0).operations);
}

TEST(FreeThreadedLock, TheTaxIsPaidUnlessItIsInTheMeasuredRate) {
  EXPECT_EQ(rounds_of_one_thread(true), 1000);
  EXPECT_EQ(rounds_of_one_thread(false), 800);
}

}  // namespace
}  // namespace gilsim::model
