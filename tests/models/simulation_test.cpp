// Whole runs: laws that hold for every configuration, and relations between configurations.
#include "models/simulation.hpp"

#include <gtest/gtest.h>

#include "models/program/strategy.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

Step python(Duration t) { return PythonStep{Constant{t}, {}}; }
Step native(Duration t) { return NativeStep{Constant{t}, LockMode::kReleased}; }
Step held(Duration t) { return NativeStep{Constant{t}, LockMode::kHeld}; }
Step wait(Duration t) { return WaitStep{Constant{t}, WaitVia::kSleep}; }

Configuration batch(int cores, int tasks, std::vector<Step> task, StrategyKind strategy,
                    int workers) {
  Configuration c = free_machine(cores);
  c.batch = {tasks, std::move(task)};
  c.strategy = strategy;
  c.workers = workers;
  return c;
}

Outcome run(const Configuration& c) { return simulate(c, 1, 0).outcome; }

TEST(Sequential, TakesTheSumOfAllSteps) {
  const auto c = batch(4, 10, {python(ms(2)), native(ms(3)), held(ms(1)), wait(ms(4))},
                       StrategyKind::kSequential, 1);
  EXPECT_EQ(run(c).wall, ms(100));
  EXPECT_EQ(run(c).cpu, ms(60));
}

TEST(Sequential, SkipsRecordedStepsThatATaskLacks) {
  const Step sometimes = WaitStep{Recorded{{Duration{}, ms(40), ms(80)}}, WaitVia::kSleep};
  const auto c = batch(4, 6, {python(ms(2)), sometimes}, StrategyKind::kSequential, 1);
  EXPECT_EQ(run(c).wall, ms(6 * 2 + 2 * (40 + 80)));
}

TEST(LoopingThreads, RepeatWhatWasRecordedInItsOrder) {
  Configuration c = free_machine(2);
  c.threads.push_back({"one",
                       {PythonStep{Recorded{{ms(1), ms(2), ms(3)}}, {}},
                        WaitStep{Recorded{{ms(4), Duration{}, ms(4)}}, WaitVia::kSleep}}});
  c.duration = ms(140);
  const std::vector<Duration> latencies = run(c).threads[0].latencies;
  ASSERT_EQ(latencies.size(), 30U);
  for (std::size_t round = 0; round < latencies.size(); ++round) {
    const Duration expected[] = {ms(5), ms(2), ms(7)};
    EXPECT_EQ(latencies[round], expected[round % 3]) << round;
  }
}

TEST(LoopingThreads, WaitForWhatComesFromOutsideWhetherOrNotTheyAreThere) {
  WaitStep request{Constant{ms(5)}};
  request.since = WaitSince::kRound;
  for (const auto& [before, round] : {std::pair{ms(2), ms(6)}, {ms(5), ms(6)}, {ms(7), ms(8)}}) {
    Configuration c = free_machine(2);
    c.threads.push_back({"one", {native(before), request, native(ms(1))}});
    c.duration = round * 10;
    const std::vector<Duration> latencies = run(c).threads[0].latencies;
    EXPECT_EQ(latencies, std::vector<Duration>(10, round - ms(5)));
  }
}

TEST(Threads, BytecodeGainsNothingFromThreads) {
  for (const int workers : {1, 2, 3, 8}) {
    const auto c = batch(8, 24, {python(ms(20))}, StrategyKind::kThreads, workers);
    const Outcome o = run(c);
    // The work itself, plus one notice of 1 ns a forced drop.
    EXPECT_GE(o.wall, ms(480)) << workers;
    EXPECT_LE(o.wall, ms(480) + us(1)) << workers;
  }
}

TEST(Threads, NativeCodeThatReleasesTheLockScalesWithCores) {
  const auto c = batch(4, 8, {native(ms(10))}, StrategyKind::kThreads, 4);
  EXPECT_EQ(run(c).wall, ms(20));
}

TEST(Threads, NativeCodeThatKeepsTheLockDoesNotScale) {
  const auto c = batch(4, 8, {held(ms(10))}, StrategyKind::kThreads, 4);
  EXPECT_EQ(run(c).wall, ms(80));
}

TEST(Threads, WaitsOverlap) {
  const auto c = batch(1, 12, {wait(ms(10))}, StrategyKind::kThreads, 4);
  EXPECT_EQ(run(c).wall, ms(30));
}

TEST(Threads, OneThreadEqualsSequential) {
  std::vector<Step> task = {python(ms(2)), native(ms(3)), wait(ms(4))};
  const auto one = batch(2, 10, task, StrategyKind::kThreads, 1);
  const auto sequential = batch(2, 10, task, StrategyKind::kSequential, 1);
  EXPECT_EQ(run(one).threads[0].operations, run(sequential).threads[0].operations);
  // The main thread waits for each result and asks for the lock: at most a notice a time.
  EXPECT_GE(run(one).wall, run(sequential).wall);
  EXPECT_LE(run(one).wall, run(sequential).wall + us(1));
}

TEST(Processes, BytecodeScalesWithCores) {
  const auto c = batch(4, 8, {python(ms(10))}, StrategyKind::kProcesses, 4);
  EXPECT_EQ(run(c).wall, ms(20));
}

TEST(Processes, NeverBeatTheNumberOfCores) {
  const auto c = batch(2, 8, {python(ms(10))}, StrategyKind::kProcesses, 4);
  EXPECT_GE(run(c).wall, ms(40));
}

TEST(Processes, EveryPartOfAPoolsCostIsPaid) {
  // A core for the parent: its threads take no worker's.
  Configuration c = batch(3, 8, {python(ms(10))}, StrategyKind::kProcesses, 2);
  c.pool.chunk_size = 2;
  PoolParameters& pool = *c.interpreter.pools.fork;
  const auto base = run(c).wall;
  EXPECT_EQ(base, ms(40));
  pool.create = Cost::exactly(ms(3));
  EXPECT_EQ(run(c).wall, base + ms(3));
  pool.create_per_worker = Cost::exactly(ms(1));
  EXPECT_EQ(run(c).wall, base + ms(3 + 2));
  pool.shutdown = Cost::exactly(ms(5));
  EXPECT_EQ(run(c).wall, base + ms(3 + 2 + 5));
  pool.chunk = Cost::exactly(us(100));
  EXPECT_EQ(run(c).wall, base + ms(10) + us(200)) << "two chunks a worker";
  pool.item = Cost::exactly(us(10));
  EXPECT_EQ(run(c).wall, base + ms(10) + us(200) + us(40)) << "four tasks a worker";
}

TEST(Processes, AStartMethodTheProfileLacksIsRefused) {
  Configuration c = batch(2, 8, {python(ms(10))}, StrategyKind::kProcesses, 2);
  c.start_method = StartMethod::kSpawn;
  EXPECT_THROW(run(c), std::invalid_argument);
}

TEST(Layouts, BytecodeTakesAsLongAsItsLayoutsRateSays) {
  Configuration c = batch(1, 1, {python(ms(10))}, StrategyKind::kThreads, 1);
  c.interpreter.rates.worker = Estimate::exactly(0.8e9);
  EXPECT_EQ(run(c).wall, ms(10).scaled(1 / 0.8));
  c.strategy = StrategyKind::kProcesses;
  c.interpreter.rates.child = Estimate::exactly(0.5e9);
  EXPECT_EQ(run(c).wall, ms(20));
}

TEST(Speed, AHostAtHalfItsCalibratedSpeedComputesTwiceAsLongAndWaitsAsEver) {
  Configuration c =
      batch(1, 1, {python(ms(10)), native(ms(5)), wait(ms(7))}, StrategyKind::kSequential, 1);
  c.speed = 0.5;
  EXPECT_EQ(run(c).wall, ms(20 + 10 + 7));
}

TEST(Speed, AnInterpreterAtHalfItsCalibratedSpeedRunsNativeCodeAsEver) {
  Configuration c =
      batch(1, 1, {python(ms(10)), native(ms(5)), wait(ms(7))}, StrategyKind::kSequential, 1);
  c.bytecode_speed = 0.5;
  EXPECT_EQ(run(c).wall, ms(20 + 5 + 7));
}

TEST(Loops, AreWorkAtTheMainThreadsRate) {
  Configuration c = batch(1, 1, {PythonStep{Constant{}, 1'000'000}}, StrategyKind::kSequential, 1);
  EXPECT_EQ(run(c).wall, ms(1));
}

TEST(LoopingThreads, CountOperationsOfTheDuration) {
  Configuration c = free_machine(2);
  c.duration = ms(1000);
  c.threads = {{"sleeper", {wait(ms(10))}}};
  const Outcome o = run(c);
  EXPECT_EQ(o.threads[0].operations, 100);
  for (const Duration latency : o.threads[0].latencies) EXPECT_EQ(latency, ms(10));
}

TEST(LoopingThreads, ACountBelowOneIsRefused) {
  for (const int count : {0, -1}) {
    Configuration c = free_machine(2);
    c.duration = ms(1000);
    c.threads = {{"sleeper", {wait(ms(10))}, "", count}};
    EXPECT_THROW(run(c), std::invalid_argument) << count;
  }
}

TEST(LoopingThreads, OneComputingThreadCostsABlockingOneAnIntervalAnOperation) {
  Configuration c = free_machine(2);
  c.duration = ms(2000);
  c.threads = {{"sleeper", {wait(ms(1))}}, {"cpu", {python(ms(1))}}};
  for (const Duration interval : {ms(1), ms(5), ms(20)}) {
    c.switch_interval = interval;
    const Outcome o = run(c);
    const Duration each = interval + ms(1);
    const double expected =
        static_cast<double>(c.duration.count()) / static_cast<double>(each.count());
    EXPECT_NEAR(static_cast<double>(o.threads[0].operations), expected, 2);
  }
}

TEST(LoopingThreads, EqualOnesAreTheSameDescribedOnceOrEachByItself) {
  for (const Distribution& time :
       {Distribution{Constant{ms(3)}}, Distribution{Exponential{ms(3)}}}) {
    const std::vector<Step> program = {python(ms(1)), WaitStep{time, WaitVia::kSleep}};
    Configuration once = free_machine(2);
    once.duration = ms(1000);
    Configuration each = once;
    once.threads = {{"cpu", {python(ms(2))}}, {"io", program, "", 3}};
    each.threads = {
        {"cpu", {python(ms(2))}}, {"io 1", program}, {"io 2", program}, {"io 3", program}};
    const SimulatedOutcome a = simulate(once, 7, 0);
    const SimulatedOutcome b = simulate(each, 7, 0);
    EXPECT_EQ(a.fingerprint, b.fingerprint);
    ASSERT_EQ(a.outcome.threads.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(a.outcome.threads[i].name, b.outcome.threads[i].name);
      EXPECT_EQ(a.outcome.threads[i].latencies, b.outcome.threads[i].latencies);
      EXPECT_EQ(a.outcome.threads[i].cpu, b.outcome.threads[i].cpu);
    }
  }
}

// Every strategy, many shapes of work: what must hold for all of them.
// With costs for those strategies that need them.
std::vector<Configuration> of_every_strategy(int cores, int tasks, const std::vector<Step>& task,
                                             int workers) {
  std::vector<Configuration> result;
  for (const Strategy& strategy : strategies()) {
    Configuration c = batch(cores, tasks, task, strategy.kind, workers);
    if (strategy.kind != StrategyKind::kProcesses) {
      c.interpreter.messages = MessageCosts{};
      c.interpreter.messages->dummy = PoolCalls{};
      c.interpreter.messages->executor = ExecutorCalls{};
    }
    result.push_back(std::move(c));
  }
  return result;
}

struct Shape {
  int cores, tasks, workers;
  std::vector<Step> task;
};

std::vector<Shape> shapes() {
  return {{1, 7, 3, {python(ms(3))}},
          {2, 9, 4, {python(ms(6)), wait(ms(1)), python(us(30))}},
          {3, 16, 5, {native(ms(4)), python(ms(1)), held(ms(2))}},
          {2, 11, 2, {wait(us(10)), native(us(1)), python(us(100))}},
          {4, 40, 8, {WaitStep{Exponential{ms(5)}, WaitVia::kSocket}, python(us(700))}}};
}

TEST(EveryStrategy, FinishesEveryTaskOnceAndConservesCpuTime) {
  for (const Shape& shape : shapes()) {
    for (const auto& c : of_every_strategy(shape.cores, shape.tasks, shape.task, shape.workers)) {
      const Outcome o = run(c);
      EXPECT_EQ(o.threads.at(0).operations, shape.tasks);
      Duration work;
      for (const auto& times : sample_tasks(c, 1, 0)) {
        for (std::size_t i = 0; i < times.size(); ++i) {
          if (!std::holds_alternative<WaitStep>(shape.task[i])) work += times[i];
        }
      }
      EXPECT_GE(o.cpu, work);
      EXPECT_LE(o.cpu, work + us(2)) << "one notice of 1 ns a forced drop";
      EXPECT_LE(o.cpu.count(), o.wall.count() * shape.cores);
    }
  }
}

TEST(EveryStrategy, IsTheSameRunForTheSameSeedAndAnotherForAnother) {
  const Shape shape = shapes().back();
  for (const auto& c : of_every_strategy(shape.cores, shape.tasks, shape.task, shape.workers)) {
    EXPECT_EQ(simulate(c, 1, 0).fingerprint, simulate(c, 1, 0).fingerprint);
    EXPECT_NE(simulate(c, 1, 0).fingerprint, simulate(c, 2, 0).fingerprint);
    EXPECT_NE(simulate(c, 1, 0).fingerprint, simulate(c, 1, 1).fingerprint);
  }
}

TEST(EveryStrategy, ScalesWithTimeWhenEveryTimeDoes) {
  for (const Shape& shape : shapes()) {
    for (auto& c : of_every_strategy(shape.cores, shape.tasks, shape.task, shape.workers)) {
      if (c.strategy == StrategyKind::kAsyncio) continue;  // epoll's unit is a millisecond
      c.interpreter.rates = {Estimate::exactly(1e18), Estimate::exactly(1e18),
                             Estimate::exactly(1e18)};
      if (shape.cores < 4) {  // constant times only: draws do not scale exactly
        auto tripled = c;
        for (Step& step : tripled.batch.task) {
          std::visit(
              [](auto& s) {
                std::get<Constant>(s.time).value = std::get<Constant>(s.time).value * 3;
              },
              step);
        }
        tripled.switch_interval = c.switch_interval * 3;
        tripled.machine.tick = c.machine.tick * 3;
        tripled.machine.slice = c.machine.slice * 3;
        const auto wall = run(c).wall;
        EXPECT_NEAR(static_cast<double>(run(tripled).wall.count()),
                    3.0 * static_cast<double>(wall.count()),
                    1e-6 * static_cast<double>(wall.count()) + 100);
      }
    }
  }
}

}  // namespace
}  // namespace gilsim::model
