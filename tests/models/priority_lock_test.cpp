// The priority lock's rules, each in a pair: not yet at t - 1 ns, yes at t.
#include "models/lock/priority_lock.hpp"

#include <gtest/gtest.h>

#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

TEST(PriorityLock, AmongThreadsThatDoIoAWaiterWaitsOneInterval) {
  Script holder({Action::python(ms(100))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(free_machine(2), LockKind::kPriority, {&holder, &waiter});
  threads.run_until(ms(5) + kNotice - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(ms(5) + kNotice);
  EXPECT_EQ(waiter.decided_at.size(), 1u);
}

TEST(PriorityLock, WhoDoesIoPreemptsAtOnceWhoWasMadeToDrop) {
  // `computing` is made to drop at 5 ms, has the lock back at 5 ms + 10 us, and is preempted when
  // the sleeper comes back.
  Script computing({Action::python(ms(100))});
  Script sleeper({Action::python(us(10)), Action::sleep(ms(20)), Action::python(us(10))});
  LockedThreads threads(free_machine(2), LockKind::kPriority, {&computing, &sleeper});
  const Duration back = ms(5) + kNotice + us(10) + ms(20);
  threads.run_until(back + kNotice - ns(1));
  EXPECT_EQ(sleeper.decided_at.size(), 2u);
  threads.run_until(back + kNotice);
  EXPECT_EQ(sleeper.decided_at.size(), 3u);
}

TEST(PriorityLock, WhoLetsGoOfItsOwnAccordDoesIoAgain) {
  // `holder` is made to drop at 5 ms, but releases by itself before the sleeper comes back.
  Script holder({Action::python(ms(10)), Action::native_released(us(1)), Action::python(ms(100))});
  Script sleeper({Action::python(us(10)), Action::sleep(ms(20)), Action::python(us(10))});
  LockedThreads threads(free_machine(2), LockKind::kPriority, {&holder, &sleeper});
  const Duration back = ms(5) + kNotice + us(10) + ms(20);
  threads.run_until(back + ms(5) + kNotice - ns(1));
  EXPECT_EQ(sleeper.decided_at.size(), 2u);
  threads.run_until(back + ms(5) + kNotice);
  EXPECT_EQ(sleeper.decided_at.size(), 3u);
}

TEST(PriorityLock, AReleaseWakesWhoDoesIoBeforeWhoComputes) {
  // `computing`, made to drop, waits from 5 ms on; `late`, who does I/O, only from 8 ms on.
  Script computing({Action::python(ms(100))});
  Script native({Action::native_held(ms(6)), Action::native_released(ms(1))});
  Script late({Action::native_released(ms(8)), Action::native_held(ms(1))});
  LockedThreads threads(free_machine(3), LockKind::kPriority, {&late, &computing, &native});
  threads.run_until(ms(11) + kNotice);  // `native` holds it from 5 ms to 11 ms
  EXPECT_EQ(late.decided_at.size(), 2u);
  EXPECT_EQ(late.decided_at.back(), ms(11) + kNotice);
}

}  // namespace
}  // namespace gilsim::model
