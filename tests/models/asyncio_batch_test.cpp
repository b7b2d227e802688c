// Strategy `asyncio`: what awaits overlaps, everything else takes its turn on one thread.
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

Step python(Duration t) { return PythonStep{Constant{t}, {}}; }
Step native(Duration t) { return NativeStep{Constant{t}, LockMode::kReleased}; }
Step native_in_thread(Duration t) { return NativeStep{Constant{t}, LockMode::kReleased, 0, true}; }
Step wait(Duration t, WaitVia via = WaitVia::kSleep) { return WaitStep{Constant{t}, via}; }

Configuration batch(int cores, int tasks, std::vector<Step> task, int workers) {
  Configuration c = free_machine(cores);
  c.batch = {tasks, std::move(task)};
  c.strategy = StrategyKind::kAsyncio;
  c.workers = workers;
  return c;
}

// A poll of that length, with its slack of a thousandth.
constexpr Duration polled(Duration t) { return t + t / 1000; }

Duration wall_of(const Configuration& c) { return simulate(c, 1, 0).outcome.wall; }

TEST(Asyncio, WaitsOverlapAsFarAsTheSemaphoreLetsThem) {
  EXPECT_EQ(wall_of(batch(2, 12, {wait(ms(10))}, 12)), polled(ms(10)));
  EXPECT_EQ(wall_of(batch(2, 12, {wait(ms(10))}, 4)), polled(ms(30)));
  EXPECT_EQ(wall_of(batch(2, 12, {wait(ms(10))}, 1)), polled(ms(120)));
}

TEST(Asyncio, EverythingElseTakesItsTurnOnAnyNumberOfCores) {
  EXPECT_EQ(wall_of(batch(4, 8, {python(ms(10))}, 8)), ms(80));
  EXPECT_EQ(wall_of(batch(4, 8, {native(ms(10))}, 8)), ms(80));
}

TEST(Asyncio, ASleepLastsToTheEndOfEpollsMillisecond) {
  EXPECT_EQ(wall_of(batch(1, 1, {wait(us(100))}, 1)), polled(ms(1)));
  EXPECT_EQ(wall_of(batch(1, 1, {wait(ms(9))}, 1)), polled(ms(10)));
}

TEST(Asyncio, AnAnswerFromOutsideIsNotRounded) {
  EXPECT_EQ(wall_of(batch(1, 1, {wait(us(100), WaitVia::kSocket)}, 1)), us(100));
}

TEST(Asyncio, ALongPollHasASlackOfAThousandth) {
  Configuration c = batch(1, 1, {wait(Duration::seconds(1))}, 1);
  EXPECT_EQ(wall_of(c), ms(1001));
  c.machine.timer_slack = us(50);
  EXPECT_EQ(wall_of(c), ms(1001)) << "the larger of the two";
}

TEST(Asyncio, ABlockingStepHoldsUpTheTimersOfAllOthers) {
  EXPECT_EQ(wall_of(batch(2, 2, {wait(ms(10)), python(ms(30))}, 2)), polled(ms(10)) + ms(60));
}

TEST(Asyncio, StepsInThreadsRunSideBySideOnTheCoresThereAre) {
  EXPECT_EQ(wall_of(batch(4, 8, {native_in_thread(ms(10))}, 8)), ms(20));
  EXPECT_EQ(wall_of(batch(2, 8, {native_in_thread(ms(10))}, 8)), ms(40));
  EXPECT_EQ(wall_of(batch(4, 8, {native_in_thread(ms(10))}, 1)), ms(80));
}

TEST(Asyncio, TheDefaultExecutorHasFourThreadsMoreThanCores) {
  WaitStep blocking{Constant{ms(10)}, WaitVia::kSleep, true};
  EXPECT_EQ(wall_of(batch(2, 6, {blocking}, 100)), ms(10));
  EXPECT_EQ(wall_of(batch(2, 7, {blocking}, 100)), ms(20));
}

TEST(Asyncio, EachTaskCostsWhatCreatingBeginningAndEndingItCost) {
  Configuration c = batch(1, 20, {}, 20);
  AsyncioCosts& costs = *c.interpreter.asyncio;
  costs.open = Cost::exactly(us(100));
  costs.close = Cost::exactly(us(200));
  costs.create = Cost::exactly(us(1));
  costs.begin = Cost::exactly(us(2));
  costs.done = Cost::exactly(us(4));
  EXPECT_EQ(wall_of(c), us(300 + 20 * 7));
}

TEST(Asyncio, WhoHasToWaitForTheSemaphoreCostsAHandoffMore) {
  Configuration c = batch(1, 20, {wait(ms(1))}, 5);
  const Duration before = wall_of(c);
  c.interpreter.asyncio->handoff = Cost::exactly(us(10));
  EXPECT_EQ(wall_of(c) - before, us(10 * 15)) << "15 of 20 tasks";
}

TEST(Asyncio, EachAwaitedSleepCostsItsTimerAndAResumption) {
  Configuration c = batch(1, 1, {wait(ms(2)), wait(ms(2))}, 1);
  AsyncioCosts& costs = *c.interpreter.asyncio;
  costs.timer_fire = Cost::exactly(us(3));
  costs.resume = Cost::exactly(us(4));
  EXPECT_EQ(wall_of(c), polled(ms(4)) + us(14));
  costs.timer_set = Cost::exactly(us(5));  // what is left of the 2 ms is rounded up again
  EXPECT_EQ(wall_of(c), polled(ms(4)) + us(24));
}

TEST(Asyncio, ALoopThatWasBlockedForLongIsColdOnce) {
  Configuration c = batch(1, 3, {wait(ms(10))}, 3);
  c.interpreter.asyncio->cold = {{us(100), Cost::exactly({})}, {ms(10), Cost::exactly(us(200))}};
  EXPECT_EQ(wall_of(c), polled(ms(10)) + us(200));
  c.interpreter.asyncio->cold_task = Cost::exactly(us(2));
  EXPECT_EQ(wall_of(c), polled(ms(10)) + us(206)) << "and so is each of the three timers";
}

TEST(Asyncio, ARequestIsAskedAndReceivedByTheLoopsThread) {
  Configuration c = batch(4, 2, {wait(ms(5), WaitVia::kUdp)}, 2);
  AsyncioCosts& costs = *c.interpreter.asyncio;
  costs.udp = {Cost::exactly(us(100)), Cost::exactly(us(300))};
  // Both are asked one after the other; the second answer comes while the first is received.
  EXPECT_EQ(wall_of(c), ms(5) + us(100 + 300 + 300));
}

Configuration two_connections(Duration answer, Duration afterwards) {
  Configuration c = batch(1, 2, {wait(answer, WaitVia::kSocket), python(afterwards)}, 2);
  c.interpreter.asyncio->socket = {Cost::exactly(us(100)), Cost::exactly({})};
  return c;
}

TEST(Asyncio, TasksThatOpenConnectionsTogetherAskTogether) {
  // The first asks when the second has but an eighth of its 100 us to do, so that both are idle.
  EXPECT_EQ(wall_of(two_connections(us(50), us(500))), us(187 + 50 + 2 * 500));
  EXPECT_EQ(wall_of(two_connections(us(500), us(500))), us(187 + 500 + 2 * 500));
}

TEST(Asyncio, TheTurnsOfOpeningAreInWhatAskingCosts) {
  Configuration c = batch(1, 1, {wait(ms(5), WaitVia::kSocket)}, 1);
  AsyncioCosts& costs = *c.interpreter.asyncio;
  costs.socket = {Cost::exactly(us(100)), Cost::exactly({})};
  const Duration without_turns = wall_of(c);
  costs.turn = Cost::exactly(us(5));
  // The first turn, and that from the answer to the task; the others run while it is awaited.
  EXPECT_EQ(wall_of(c), without_turns + us(2 * 5));
}

TEST(Asyncio, AnAnswerGivenAtOnceByAFarSideIsAwaited) {
  Configuration c = batch(2, 3, {wait({}, WaitVia::kUdp)}, 3);
  c.interpreter.waits.udp.answered = AnsweredCost{Cost::exactly({}), Cost::exactly(us(1)),
                                                  Cost::exactly({}), Cost::exactly(us(50))};
  c.interpreter.asyncio->udp.ask = Cost::exactly(us(1));
  const Duration wall = wall_of(c);
  EXPECT_GE(wall, us(151)) << "one far side serves all three";
  EXPECT_LE(wall, us(153));
}

}  // namespace
}  // namespace gilsim::model
