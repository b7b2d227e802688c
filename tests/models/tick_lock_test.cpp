// The tick lock's rules, each in a pair: not yet at t - 1 ns, yes at t.
#include "models/lock/tick_lock.hpp"

#include <gtest/gtest.h>

#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

// A release every 101 ticks, three a loop, of 1 us: every 33667 ns of bytecode.
constexpr Duration kPeriod = ns(33'667);

Configuration slow_python(int cores) {
  Configuration c = free_machine(cores);
  const auto rate = Estimate::exactly(1e6);
  c.interpreter.rates = {rate, rate, rate};
  return c;
}

TEST(TickLock, TheHolderTakesTheLockAgainAtOnce) {
  Script holder({Action::python(ms(10))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(slow_python(2), LockKind::kTick, {&holder, &waiter});
  threads.run_until(ms(10) - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty()) << "releases take no time here: nobody else can be first";
  threads.run_until(ms(10));
  EXPECT_EQ(waiter.decided_at, std::vector{ms(10)});
  EXPECT_EQ(threads.lock.forced_drops(), ms(10).count() / kPeriod.count());
}

// When a thread that looks for the lock `after` the beginning of the holder's first release has it.
Duration taken_by_who_comes(Duration after) {
  Configuration c = slow_python(3);
  c.machine.system_call = Cost::exactly(us(4));
  c.machine.futex_wake = always(us(10));
  Script comer({Action::native_released(kPeriod + after), Action::native_held(ms(1))});
  Script holder({Action::python(ms(10))});
  Script asleep({Action::native_held(ms(1))});  // wakes 6 us after that release is over
  LockedThreads threads(c, LockKind::kTick, {&comer, &holder, &asleep});
  threads.run_until(ms(1));
  return comer.decided_at.size() < 2 ? Duration{} : comer.decided_at[1];
}

TEST(TickLock, WhoComesInTheMomentOfAReleaseTakesTheLock) {
  EXPECT_EQ(taken_by_who_comes(us(4) - ns(1)), us(10) + kPeriod + us(4) - ns(1));
  EXPECT_EQ(taken_by_who_comes(us(4) + ns(1)), Duration{}) << "not in this millisecond";
}

TEST(TickLock, WhileNobodyWaitsReleasesAreNotSimulated) {
  Script alone({Action::python(Duration::seconds(10))});
  LockedThreads threads(slow_python(2), LockKind::kTick, {&alone});
  threads.run_until(Duration::seconds(10));
  EXPECT_LT(threads.world.simulator().events(), 10);
  EXPECT_EQ(threads.lock.forced_drops(), 0);
}

TEST(TickLock, TheCounterGoesOnWhileNobodyWaits) {
  Configuration c = slow_python(2);
  c.machine.system_call = Cost::exactly(us(5));
  Script holder({Action::python(ms(10))});
  // Looks for the lock at 2.5 periods, once more 5 us later, and sleeps; the third release is the
  // first that wakes it.
  Script waiter({Action::native_released(kPeriod * 5 / 2), Action::native_held(ms(1))});
  LockedThreads threads(c, LockKind::kTick, {&waiter, &holder});
  threads.run_until(kPeriod * 3 - ns(1));
  EXPECT_EQ(waiter.decided_at.size(), 1u);
  EXPECT_EQ(threads.lock.forced_drops(), 0);
  threads.run_until(kPeriod * 3);
  EXPECT_EQ(threads.lock.forced_drops(), 1);
  EXPECT_EQ(waiter.decided_at.size(), 2u) << "woken without delay, it finds the lock free";
}

TEST(TickLock, AWaiterThatWakesTooLateSleepsAgain) {
  Configuration c = slow_python(2);
  c.machine.system_call = Cost::exactly(us(5));
  c.machine.futex_wake = always(us(20));
  Script holder({Action::native_held(us(1)), Action::python(ms(5))});
  Script waiter({Action::native_held(ms(1))});
  LockedThreads threads(c, LockKind::kTick, {&holder, &waiter});
  threads.run_until(ms(4));
  EXPECT_TRUE(waiter.decided_at.empty()) << "each time the lock was free for 5 us, it took 20";
  EXPECT_GT(threads.lock.forced_drops(), 50);
}

TEST(TickLock, OnOneCoreTheLockChangesHandsOncePerTickOfTheScheduler) {
  Configuration c = slow_python(1);
  c.machine.tick = ms(4);
  c.machine.system_call = Cost::exactly(us(5));
  Script holder({Action::python(ms(100))});
  Script waiter({Action::python(ms(100))});
  LockedThreads threads(c, LockKind::kTick, {&holder, &waiter});
  threads.run_until(ms(100));
  // With as many releases as on two cores, 3000: who was preempted wakes, and is let in, at the
  // first release after that.
  EXPECT_NEAR(static_cast<double>(threads.lock.handovers()), 25, 2);
}

TEST(TickLock, ASystemCallPaysForEachReleaseWithAWaiterAndNoneForAnyOther) {
  Configuration c = slow_python(2);
  c.machine.system_call = Cost::exactly(us(1));
  c.machine.futex_wake = always(us(5));
  Script holder({Action::python(ms(10))});
  Script waiter({Action::native_held(ms(1))});
  LockedThreads threads(c, LockKind::kTick, {&holder, &waiter});
  threads.run_until(ms(20));
  const std::int64_t releases = threads.lock.forced_drops();
  EXPECT_EQ(holder.decided_at.back() - holder.decided_at.front(), ms(10) + us(1) * releases);
}

}  // namespace
}  // namespace gilsim::model
