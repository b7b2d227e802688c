// The rules of Python/bfs.c, each in a pair: not yet at t - 1 ns, yes at t.
#include "models/lock/scheduler_lock.hpp"

#include <gtest/gtest.h>

#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

TEST(SchedulerLock, AThreadThatComputesIsReplacedWhenItsSliceIsFoundToBeOver) {
  Script holder({Action::python(ms(1)), Action::native_released(us(1)), Action::python(ms(100))});
  Script waiter({Action::python(ms(100))});
  LockedThreads threads(free_machine(2), LockKind::kScheduler, {&holder});
  threads.run_until(ms(2));
  threads.start(waiter);
  // The newcomer's deadline is 1 ms of bytecode later: it has the holder look at its slice at
  // once, and again every 5.5 ms. The slice, of 10 ms, is over between the second and the third.
  threads.run_until(ms(2) + us(11'000) + kNotice - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(ms(2) + us(11'000) + kNotice);
  EXPECT_EQ(waiter.decided_at.size(), 1u);
  EXPECT_EQ(threads.lock.forced_drops(), 1);
}

TEST(SchedulerLock, AThreadThatDidIoPreemptsOneThatComputesAtOnce) {
  Script computing({Action::python(ms(500))});
  Script waiting({Action::python(us(10)), Action::sleep(ms(50)), Action::python(us(10))});
  LockedThreads threads(free_machine(2), LockKind::kScheduler, {&waiting});
  threads.run_until(ms(1));
  threads.start(computing);
  threads.run_until(ms(50) + us(10) + kNotice - ns(1));
  EXPECT_EQ(waiting.decided_at.size(), 2u);
  threads.run_until(ms(50) + us(10) + kNotice);
  EXPECT_EQ(waiting.decided_at.size(), 3u);
}

TEST(SchedulerLock, WhoLetsGoForAMomentSnatchesTheLockBack) {
  Configuration c = free_machine(2);
  c.machine.futex_wake = always(us(50));
  // The urgent thread releases for 2 us; the chosen one needs 50 us to wake.
  Script computing({Action::python(ms(30))});
  Script urgent({Action::native_released(ms(15)), Action::native_held(us(100)),
                 Action::native_released(us(2)), Action::native_held(us(100))});
  LockedThreads threads(c, LockKind::kScheduler, {&urgent, &computing});
  threads.run_until(ms(20));
  ASSERT_GE(urgent.decided_at.size(), 4u);
  EXPECT_EQ(urgent.decided_at[3] - urgent.decided_at[2], us(2));
}

TEST(SchedulerLock, AmongExpiredDeadlinesTheFirstInTheQueueIsNext) {
  // Everybody waits for 100 ms of bytecode: all deadlines have expired, arrival decides.
  Script holder({Action::native_held(ms(100))});
  Script first({Action::native_released(ms(1)), Action::native_held(ms(1))});
  Script second({Action::native_released(ms(2)), Action::native_held(ms(1))});
  LockedThreads threads(free_machine(3), LockKind::kScheduler, {&first, &second, &holder});
  threads.run_until(ms(101));
  EXPECT_EQ(first.decided_at.at(1), ms(100));
  EXPECT_EQ(second.decided_at.at(1), ms(101));
}

}  // namespace
}  // namespace gilsim::model
