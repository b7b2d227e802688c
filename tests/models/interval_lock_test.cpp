// The rules of take_gil() and drop_gil() (CPython 3.11, Python/ceval_gil.h), one by one, on a
// machine that costs nothing: each in a pair, not yet at t - 1 ns, yes at t.
#include "models/lock/interval_lock.hpp"

#include <gtest/gtest.h>

#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

TEST(IntervalLock, AWaiterGetsTheLockOneIntervalAfterItsArrival) {
  Script holder({Action::python(ms(100))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(free_machine(2), LockKind::kInterval, {&holder, &waiter});
  threads.run_until(ms(5) + kNotice - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(ms(5) + kNotice);
  EXPECT_EQ(waiter.decided_at, std::vector{ms(5) + kNotice});
  EXPECT_EQ(threads.lock.forced_drops(), 1);
}

TEST(IntervalLock, TheIntervalCountsFromTheWaitersArrivalNotFromTheHoldersTake) {
  Script holder({Action::python(ms(100))});
  Script late({Action::native_released(ms(3)), Action::python(ms(1))});
  LockedThreads threads(free_machine(2), LockKind::kInterval, {&late, &holder});
  // `late` lets go at once, computes 3 ms without the lock and comes back at 3 ms.
  threads.run_until(ms(8) + kNotice - ns(1));
  EXPECT_EQ(late.decided_at.size(), 1u);
  threads.run_until(ms(8) + kNotice);
  EXPECT_EQ(late.decided_at.size(), 2u);
}

TEST(IntervalLock, NativeCodeThatKeepsTheLockCannotBeInterrupted) {
  Script holder({Action::native_held(ms(30)), Action::python(ms(1))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(free_machine(2), LockKind::kInterval, {&holder, &waiter});
  threads.run_until(ms(30) - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(ms(30));
  EXPECT_EQ(waiter.decided_at, std::vector{ms(30)});
}

TEST(IntervalLock, AFreeLockIsTakenAtOnceEvenWhenAWaiterHasBeenSignalled) {
  Configuration c = free_machine(2);
  c.machine.futex_wake = always(us(50));
  Script holder({Action::native_held(ms(1)), Action::native_released(us(2)),
                 Action::native_held(ms(1)), Action::native_held(ms(1))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(c, LockKind::kInterval, {&holder, &waiter});
  threads.run_until(ms(2));
  // Started 50 us late (the core's wake-up); released 1 ms later; taken back 2 us after that,
  // while the waiter was still waking.
  ASSERT_GE(holder.decided_at.size(), 3u);
  EXPECT_EQ(holder.decided_at[2] - holder.decided_at[1], us(2));
  EXPECT_TRUE(waiter.decided_at.empty());
  EXPECT_EQ(threads.lock.handovers(), 1);
}

TEST(IntervalLock, AWaiterSignalledInVainWaitsAnotherFullInterval) {
  Configuration c = free_machine(2);
  c.machine.futex_wake = always(us(50));
  Script holder(
      {Action::native_held(ms(1)), Action::native_released(us(2)), Action::python(ms(100))});
  Script waiter({Action::python(ms(1))});
  LockedThreads threads(c, LockKind::kInterval, {&holder, &waiter});
  // Both start at 50 us. Signalled at 1.05 ms, the waiter runs at 1.1 ms, finds the lock held and
  // times out 5 ms later; the holder then drops and signals, and it takes 50 us to wake again.
  const Duration expected = us(1100) + ms(5) + kNotice + us(50);
  threads.run_until(expected - ns(1));
  EXPECT_TRUE(waiter.decided_at.empty());
  threads.run_until(expected);
  EXPECT_EQ(waiter.decided_at, std::vector{expected});
}

TEST(IntervalLock, ATimeoutAfterASwitchIsStaleAndAsksForNothing) {
  // `late` waits from 1 ms on. At 3 ms the holder lets go for native code and the older waiter
  // takes the lock: so the time-out at 6 ms asks for nothing, the next one at 11 ms does.
  Script late({Action::native_released(ms(1)), Action::python(ms(1))});
  Script holder({Action::python(ms(3)), Action::native_released(ms(100))});
  Script older({Action::python(ms(100))});
  LockedThreads threads(free_machine(4), LockKind::kInterval, {&late, &holder, &older});
  threads.run_until(ms(11) + kNotice - ns(1));
  EXPECT_EQ(older.decided_at, std::vector{ms(3)});
  EXPECT_EQ(threads.lock.forced_drops(), 0);
  EXPECT_EQ(late.decided_at.size(), 1u);
  threads.run_until(ms(11) + kNotice);
  EXPECT_EQ(threads.lock.forced_drops(), 1);
  EXPECT_EQ(late.decided_at.size(), 2u);
}

TEST(IntervalLock, AWaiterWhoseTimeIsUpKeepsItsPlaceUntilItRuns) {
  // Both waiters take 50 us from their timer to a core. `asker` runs at 5.05 ms and asks; the
  // signal goes to `second`, whose time was up at 5.02 ms, but which runs at 5.07 ms only.
  Configuration c = free_machine(4);
  c.machine.timer_wake = always(us(50));
  Script second({Action::native_released(us(20)), Action::python(ms(1))});
  Script holder({Action::python(ms(100))});
  Script asker({Action::python(ms(1))});
  LockedThreads threads(c, LockKind::kInterval, {&second, &holder, &asker});
  threads.run_until(us(5070) - ns(1));
  EXPECT_EQ(threads.lock.forced_drops(), 1);
  EXPECT_EQ(second.decided_at.size(), 1u);
  threads.run_until(us(5070));
  EXPECT_EQ(second.decided_at.size(), 2u);
  EXPECT_TRUE(asker.decided_at.empty());
}

TEST(IntervalLock, ARequestMayServeAnotherWaiter) {
  // `asker` times out at 5 ms and registers again behind `other`, who came at 3 ms and is
  // signalled.
  Script other({Action::native_released(ms(3)), Action::python(ms(1))});
  Script holder({Action::python(ms(100))});
  Script asker({Action::python(ms(100))});
  LockedThreads threads(free_machine(4), LockKind::kInterval, {&other, &holder, &asker});
  threads.run_until(ms(5) + kNotice);
  EXPECT_EQ(other.decided_at.size(), 2u);
  EXPECT_TRUE(asker.decided_at.empty());
}

TEST(IntervalLock, TakingTheLockClearsARequestWhoeverMadeIt) {
  Script holder({Action::python(ms(20)), Action::python(ms(100))});
  Script waiter({Action::python(ms(2)), Action::python(ms(100))});
  LockedThreads threads(free_machine(2), LockKind::kInterval, {&holder, &waiter});
  threads.run_until(ms(5) + kNotice);
  ASSERT_EQ(waiter.decided_at.size(), 1u);
  EXPECT_FALSE(threads.lock.must_drop(threads.python[1]->seat));
}

TEST(IntervalLock, AForcedDropParksUntilAnotherThreadHasTakenTheLock) {
  Configuration c = free_machine(2);
  c.machine.futex_wake = always(us(50));
  Script holder({Action::python(ms(100))});
  Script waiter({Action::native_held(ms(1))});
  LockedThreads threads(c, LockKind::kInterval, {&holder, &waiter});
  const Duration dropped = us(50) + ms(5) + kNotice;
  threads.run_until(dropped + us(49));
  EXPECT_EQ(threads.python[0]->state(), ThreadState::kBlocked);
  threads.run_until(dropped + us(50));  // taken: the parked thread is on its way back
  EXPECT_EQ(waiter.decided_at.size(), 1u);
  EXPECT_EQ(threads.python[0]->state(), ThreadState::kArriving);
}

// The lock alone, without a program around it.
class Bare final : public MachineClient {
 public:
  CpuRequest next(Thread&) override { return CpuRequest::block(); }
  void timer_expired(Thread&) override {}
};

struct BareLock {
  explicit BareLock(int cores) : machine(simulator, free_machine(cores).machine, client, 1, 0) {
    for (LockSeat& seat : seats) {
      seat.thread = &machine.create_thread();
      machine.start(*seat.thread);
    }
    simulator.run();  // all of them have run and block
  }
  sim::Simulator simulator;
  Bare client;
  Machine machine;
  LockSeat seats[2];
  IntervalLock lock{machine, ms(5), kNotice, Estimate::exactly(0)};
};

TEST(IntervalLock, AVoluntaryReleaseParksTooWhileARequestIsPending) {
  BareLock b(2);
  LockSeat& holder = b.seats[0];
  LockSeat& waiter = b.seats[1];
  ASSERT_FALSE(b.lock.take(holder));
  ASSERT_EQ(b.lock.take(waiter)->kind, CpuRequest::Kind::kBlock);
  b.machine.cancel_timer(*waiter.thread);
  waiter.deadline = b.machine.now();
  b.lock.timer_expired(waiter);
  ASSERT_EQ(b.lock.take(waiter)->kind, CpuRequest::Kind::kBlock);  // asks, and waits again
  ASSERT_TRUE(b.lock.must_drop(holder));
  ASSERT_EQ(b.lock.release(holder)->kind, CpuRequest::Kind::kCompute);  // has signalled
  EXPECT_EQ(b.lock.release(holder)->kind, CpuRequest::Kind::kBlock);
}

TEST(IntervalLock, AReleaseWithoutARequestDoesNotPark) {
  BareLock b(2);
  ASSERT_FALSE(b.lock.take(b.seats[0]));
  EXPECT_FALSE(b.lock.release(b.seats[0]));
  EXPECT_FALSE(b.lock.take(b.seats[0]));
  EXPECT_EQ(b.lock.handovers(), 1);
}

}  // namespace
}  // namespace gilsim::model
