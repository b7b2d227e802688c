// The hand-off lock's rules, each in a pair: not yet at t - 1 ns, yes at t.
#include "models/lock/fifo_lock.hpp"

#include <gtest/gtest.h>

#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

TEST(FifoLock, AWaiterGetsTheLockOneIntervalAfterItsArrival) {
  Script holder({Action::python(ms(100))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(free_machine(2), LockKind::kFifo, {&holder, &waiter});
  threads.run_until(ms(5) + kNotice - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(ms(5) + kNotice);
  EXPECT_EQ(waiter.decided_at, std::vector{ms(5) + kNotice});
}

TEST(FifoLock, NobodyOvertakesAWaiterThatIsStillWakingUp) {
  Configuration c = free_machine(2);
  c.machine.futex_wake = always(us(50));
  Script holder(
      {Action::native_held(ms(1)), Action::native_released(us(2)), Action::native_held(ms(1))});
  Script waiter({Action::native_held(ms(1))});
  LockedThreads threads(c, LockKind::kFifo, {&holder, &waiter});
  // Started at 50 us; released 1 ms later, and asked for again 2 us after that: in vain, until
  // the waiter has woken, has had it for 1 ms, and has woken the first one.
  const Duration woken = us(50) + ms(1) + us(50);
  const Duration back = woken + ms(1) + us(50);
  threads.run_until(back - ns(1));
  EXPECT_EQ(waiter.decided_at.front(), woken);
  EXPECT_EQ(holder.decided_at.size(), 2u);
  threads.run_until(back);
  EXPECT_EQ(holder.decided_at.back(), back);
}

TEST(FifoLock, WaitersAreServedInTheOrderOfTheirArrival) {
  Script holder({Action::native_held(ms(4))});
  Script third({Action::native_released(ms(3)), Action::native_held(ms(1))});
  Script second({Action::native_released(ms(2)), Action::native_held(ms(1))});
  Script first({Action::native_released(ms(1)), Action::native_held(ms(1))});
  LockedThreads threads(free_machine(4), LockKind::kFifo, {&third, &second, &first, &holder});
  threads.run_until(ms(10));
  EXPECT_EQ(first.decided_at.at(1), ms(4));
  EXPECT_EQ(second.decided_at.at(1), ms(5));
  EXPECT_EQ(third.decided_at.at(1), ms(6));
}

TEST(FifoLock, ATimeoutKeepsItsPlaceAndServesTheOldestWaiter) {
  // `asker` times out at 5 ms; `other`, who came at 3 ms, stays behind it.
  Script other({Action::native_released(ms(3)), Action::python(ms(1))});
  Script holder({Action::python(ms(100))});
  Script asker({Action::python(ms(2))});
  LockedThreads threads(free_machine(4), LockKind::kFifo, {&other, &holder, &asker});
  threads.run_until(ms(5) + kNotice);
  EXPECT_EQ(asker.decided_at.size(), 1u);
  EXPECT_EQ(other.decided_at.size(), 1u);
}

TEST(FifoLock, ATimeoutAfterASwitchAsksForNothing) {
  // `late` waits from 4 ms on; the lock changes hands at 5 ms; so its time-out at 9 ms is stale,
  // the next one at 14 ms is not.
  Script late({Action::native_released(ms(4)), Action::python(ms(1))});
  Script holder({Action::python(ms(100))});
  Script waiter({Action::python(ms(100))});
  LockedThreads threads(free_machine(4), LockKind::kFifo, {&late, &holder, &waiter});
  threads.run_until(ms(10) + kNotice * 2 - ns(1));
  EXPECT_EQ(threads.lock.forced_drops(), 1);
  EXPECT_EQ(late.decided_at.size(), 1u);
  // `holder`, behind `late` in the queue, times out at 10 ms: its request serves `late`.
  threads.run_until(ms(10) + kNotice * 2);
  EXPECT_EQ(threads.lock.forced_drops(), 2);
  EXPECT_EQ(late.decided_at.size(), 2u);
}

TEST(FifoLock, WhoLetsGoOnRequestDoesNotPark) {
  Configuration c = free_machine(2);
  c.machine.futex_wake = always(us(50));
  Script holder({Action::python(ms(100))});
  Script waiter({Action::native_held(ms(1))});
  LockedThreads threads(c, LockKind::kFifo, {&holder, &waiter});
  const Duration dropped = us(50) + ms(5) + kNotice;
  const Duration taken = dropped + us(50);
  threads.run_until(taken + ms(1) + us(50) - ns(1));
  EXPECT_EQ(threads.lock.handovers(), 3) << "handed back when the waiter let go";
  EXPECT_EQ(waiter.decided_at.front(), taken);
}

}  // namespace
}  // namespace gilsim::model
