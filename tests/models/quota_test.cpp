// A container's CPU quota: filled up each period, fetched in slices, overdrawn by up to a tick.
#include "models/os/quota.hpp"

#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/puppets.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration ns(std::int64_t n) { return Duration::nanoseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

MachineParameters limited(int cores, Duration quota) {
  MachineParameters m = free_machine(cores).machine;
  m.quota = QuotaParameters{quota};
  return m;
}

// The rules alone: a pool of 20 ms, periods of 100 ms that begin at 30 ms.
struct Pool final : sim::EventHandler {
  explicit Pool(Duration quota = ms(20), int cores = 2)
      : rules(simulator, QuotaParameters{quota}, cores, ms(30), refill, slack) {}
  void handle(sim::Event& event) override {
    released = &event == &refill ? rules.refilled() : rules.slack_expired();
    ++(&event == &refill ? refills : slacks);
  }
  void run_until(Duration end) { simulator.run_until(sim::Time::from_start(end)); }

  sim::Simulator simulator;
  sim::Event refill{*this, 0, 0, nullptr};
  sim::Event slack{*this, 1, 0, nullptr};
  Quota rules;
  std::vector<std::size_t> released;
  int refills = 0;
  int slacks = 0;
};

TEST(Quota, ACoreIsThrottledWhenItsSliceAndThePoolAreUsedUp) {
  Pool p;
  EXPECT_TRUE(p.rules.admit(0));
  p.rules.charge(0, ms(20) - ns(1));
  EXPECT_TRUE(p.rules.admit(0)) << "a nanosecond is left";
  p.rules.charge(0, ns(1));
  EXPECT_FALSE(p.rules.admit(0));
  EXPECT_TRUE(p.rules.is_throttled(0));
}

TEST(Quota, SlicesKeepWhatOtherCoresMightUse) {
  Pool p(ms(10));
  EXPECT_TRUE(p.rules.admit(0));
  EXPECT_TRUE(p.rules.admit(1));
  p.rules.charge(0, ms(5));
  EXPECT_FALSE(p.rules.admit(0)) << "the other half of the quota is on the other core";
  EXPECT_TRUE(p.rules.admit(1));
}

TEST(Quota, AThrottledCoreIsReleasedAtTheNextPeriodNotBefore) {
  Pool p;
  p.rules.admit(0);
  p.rules.charge(0, ms(20));
  p.rules.admit(0);
  p.run_until(ms(30) - ns(1));
  EXPECT_TRUE(p.rules.is_throttled(0));
  p.run_until(ms(30));
  EXPECT_EQ(p.released, std::vector<std::size_t>{0});
  EXPECT_EQ(p.rules.throttled_periods(), 1);
  EXPECT_EQ(p.rules.throttled_time(), ms(30));
}

TEST(Quota, WhatWasOverdrawnIsPaidBackFromTheNextPeriods) {
  Pool p(ms(20), 1);
  p.rules.admit(0);
  p.rules.charge(0, ms(45));  // 25 too many: all of the next period and 5 of the one after
  EXPECT_FALSE(p.rules.admit(0));
  p.run_until(ms(30));
  EXPECT_TRUE(p.rules.is_throttled(0));
  p.run_until(ms(130));
  ASSERT_FALSE(p.rules.is_throttled(0));
  p.rules.charge(0, ms(15) - ns(1));
  EXPECT_TRUE(p.rules.admit(0));
  p.rules.charge(0, ns(1));
  EXPECT_FALSE(p.rules.admit(0));
}

TEST(Quota, WhatIsNotUsedDoesNotAddUp) {
  Pool p(ms(20), 1);
  p.rules.admit(0);
  p.run_until(ms(1000));
  p.rules.charge(0, ms(26));  // the slice it had, the pool, and a millisecond
  EXPECT_FALSE(p.rules.admit(0));
}

TEST(Quota, TheTimerStopsWhenNobodyFetches) {
  Pool p;
  p.rules.admit(0);
  p.run_until(Duration::seconds(5));
  EXPECT_EQ(p.refills, 2) << "one that finds use, one that finds none";
  EXPECT_EQ(p.rules.admit(0), true);
}

TEST(Quota, AnIdleCoresSliceIsHandedOnAfterFiveMilliseconds) {
  Pool p(ms(15), 2);
  p.rules.admit(0);
  p.rules.admit(1);
  p.rules.charge(0, ms(10));
  ASSERT_FALSE(p.rules.admit(0));
  p.rules.return_slack(1);  // 4 of its 5 ms: less than a slice, so nobody hurries
  p.run_until(ms(29));
  EXPECT_EQ(p.slacks, 0);

  Pool q(ms(20), 3);
  for (const std::size_t core : {0U, 1U, 2U}) q.rules.admit(core);
  q.rules.charge(0, ms(10));
  ASSERT_FALSE(q.rules.admit(0));
  q.rules.return_slack(1);
  q.rules.return_slack(2);
  q.run_until(ms(5) - ns(1));
  EXPECT_TRUE(q.rules.is_throttled(0));
  q.run_until(ms(5));
  EXPECT_FALSE(q.rules.is_throttled(0));
}

// ---- On the machine

TEST(Quota, AnIdleCoresSliceIsKeptWhereTheNextPeriodIsNear) {
  for (const Duration before : {ns(1), ns(0)}) {
    Pool p(ms(20), 3);
    p.run_until(ms(23) - before);
    for (const std::size_t core : {0U, 1U, 2U}) p.rules.admit(core);
    p.rules.charge(0, ms(10));
    ASSERT_FALSE(p.rules.admit(0));
    p.rules.return_slack(1);
    p.rules.return_slack(2);
    p.run_until(ms(30) - ns(1));
    EXPECT_EQ(p.slacks, before > Duration{} ? 1 : 0) << "5 ms and 2 more";
  }
}

TEST(Quota, ARefillReleasesEveryCoreThatOwesNothing) {
  Pool p(ms(10), 3);
  for (const std::size_t core : {0U, 1U}) p.rules.admit(core);
  for (const std::size_t core : {0U, 1U}) p.rules.charge(core, ms(5));
  for (const std::size_t core : {0U, 1U, 2U}) ASSERT_FALSE(p.rules.admit(core));
  p.run_until(ms(30));
  EXPECT_EQ(p.released, (std::vector<std::size_t>{0, 1, 2}))
      << "though two slices are all there is";
}

TEST(QuotaOnTheMachine, ThroughputIsTheQuotaForAnyNumberOfThreads) {
  for (const int threads : {1, 2, 4, 16}) {
    Puppets p(limited(4, ms(50)));
    for (int i = 0; i < threads; ++i) p.start_computing(Duration::seconds(100));
    p.run_until(Duration::seconds(10));
    Duration cpu;
    for (const Thread& thread : p.machine.threads()) cpu += p.machine.cpu_of(thread);
    // A period more or less at the ends, and what each core overdraws by a tick.
    EXPECT_NEAR(cpu.in_seconds(), 5.0, 0.05 + 4 * 0.004) << threads << " threads";
  }
}

TEST(QuotaOnTheMachine, AQuotaThatNobodyExceedsChangesNothing) {
  // Two cores use 200 ms; slices that lie on the other core, and overdrawn ticks, come on top.
  for (const Duration quota : {ms(220), ms(1000)}) {
    Puppets p(limited(2, quota));
    Thread& a = p.start_computing(ms(777));
    Thread& b = p.start_computing(ms(777));
    p.simulator.run();
    EXPECT_EQ(p.asked[a.id].back(), ms(777));
    EXPECT_EQ(p.asked[b.id].back(), ms(777));
    EXPECT_EQ(p.machine.quota()->throttled_periods(), 0);
  }
}

TEST(QuotaOnTheMachine, ABurstBeyondTheQuotaEndsInTheNextPeriod) {
  Puppets p(limited(1, ms(40)));
  Thread& t = p.start_computing(ms(41));
  p.simulator.run();
  const Duration took = p.asked[t.id].back();
  // Throttled at the first tick after 40 ms of use, or as late as 4 ms more: then it was through.
  if (p.machine.quota()->throttled_time() > Duration{}) {
    EXPECT_EQ(took - p.machine.quota()->throttled_time(), ms(41));
  }
  EXPECT_EQ(t.cpu, ms(41));
}

TEST(QuotaOnTheMachine, MoreThreadsThanTheQuotaStopTogetherForMostOfThePeriod) {
  Puppets p(limited(16, ms(200)));
  for (int i = 0; i < 16; ++i) p.start_computing(Duration::seconds(100));
  p.run_until(Duration::seconds(10));
  // 16 threads use 200 ms up in 12.5 ms and stand still for the other 87.5.
  const double per_core = p.machine.quota()->throttled_time().in_seconds() / 16;
  EXPECT_NEAR(per_core / 10, 0.875, 0.02);
  EXPECT_GE(p.machine.quota()->throttled_periods(), p.machine.quota()->periods() - 1);
}

TEST(QuotaOnTheMachine, AThreadThatWakesOnAThrottledCoreWaitsForTheNextPeriod) {
  Puppets p(limited(1, ms(10)));
  p.start_computing(Duration::seconds(100));
  Thread* self = nullptr;
  Thread& sleeper = p.add([&](int) {
    p.machine.wake_by_timer_in(*self, ms(1));
    return CpuRequest::block();
  });
  self = &sleeper;
  p.machine.start(sleeper);
  p.run_until(Duration::seconds(5));
  Duration longest;
  const auto& times = p.asked[sleeper.id];
  for (std::size_t i = 1; i < times.size(); ++i) {
    longest = std::max(longest, times[i] - times[i - 1]);
  }
  EXPECT_GT(longest, ms(80));
  EXPECT_LT(longest, ms(200));
}

TEST(QuotaOnTheMachine, OneInterpreterCannotExceedAQuotaOfOneCore) {
  Configuration c = free_machine(4);
  c.machine.quota = QuotaParameters{ms(100)};
  c.switch_interval = ms(5);
  for (const char* name : {"a", "b", "c"}) {
    c.threads.push_back({name, {PythonStep{Constant{ms(1)}, {}}}});
  }
  c.duration = Duration::seconds(3);
  const Outcome limited = simulate(c, 1, 0).outcome;
  c.machine.quota.reset();
  const Outcome free = simulate(c, 1, 0).outcome;
  EXPECT_NEAR(limited.cpu.in_seconds(), free.cpu.in_seconds(), 0.03 * free.cpu.in_seconds());
}

TEST(QuotaOnTheMachine, CpuTimeIsThatOfTheStepsUnderAnyQuota) {
  Configuration c = free_machine(2);
  c.strategy = StrategyKind::kThreads;
  c.workers = 4;
  c.batch = {40,
             {NativeStep{Constant{ms(9)}, LockMode::kReleased}, PythonStep{Constant{ms(1)}, {}}}};
  const SimulatedOutcome free = simulate(c, 1, 0);
  for (const Duration quota : {ms(7), ms(30), ms(100)}) {
    c.machine.quota = QuotaParameters{quota};
    const SimulatedOutcome run = simulate(c, 1, 0);
    EXPECT_EQ(run.outcome.cpu, free.outcome.cpu);
    const Duration overdrawn = ms(4) * 2;
    const Duration beyond_first = run.outcome.cpu - quota - overdrawn;
    EXPECT_GE(run.outcome.wall.in_seconds(),
              beyond_first.in_seconds() / quota.in_seconds() * ms(100).in_seconds() - 0.1);
    EXPECT_NE(run.fingerprint, free.fingerprint);
  }
}

}  // namespace
}  // namespace gilsim::model
