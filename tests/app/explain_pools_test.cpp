// What bounds a pool, and which change of its use `gilsim explain` finds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/demands.hpp"
#include "app/explain.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using analysis::Resource;
using model::StrategyKind;
using sim::Duration;
using testing::AllOf;
using testing::HasSubstr;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }

model::ChunkCost each(Duration chunk, Duration item) {
  return {model::Cost::exactly(chunk), model::Cost::exactly(item)};
}

// The parent needs 10 µs for a message there and 10 µs for one back, a worker 10 µs for both.
model::MessageCosts messages() {
  const model::Cost mib = model::Cost::exactly(us(200)), large = model::Cost::exactly(us(12'800));
  model::MessageCosts all;
  all.task = {90, 5};
  all.result = {24, 18};
  all.write = all.read = model::Cost::exactly(us(1));
  all.pool.feed = all.pool.collect = all.pool.work = each(us(10), {});
  all.pool.submit = all.pool.result = model::Cost::exactly(us(3));
  all.pool.maintain = each(us(1), {});
  all.payloads = {{1, mib, mib, mib, mib, mib}, {64, large, large, large, large, large}};
  const model::Cost little = model::Cost::exactly(us(20));
  all.shared_memory = {{1, little, little, little, little, little}};
  return all;
}

scenario::Point pool(StrategyKind strategy, int tasks, model::Step step, int chunk) {
  const model::HostProfile profile = test::round_profile();
  scenario::Point point{model::name_of(strategy), 2, "3.11.2", {}};
  model::Configuration& configuration = point.configuration;
  configuration.machine = profile.machine;
  configuration.interpreter = profile.interpreters.front();
  configuration.interpreter.messages = messages();
  configuration.batch = {tasks, {std::move(step)}};
  configuration.strategy = strategy;
  configuration.workers = 2;
  configuration.pool.chunk_size = chunk;
  return point;
}

model::Step python(Duration time) { return model::PythonStep{model::Constant{time}, {}}; }

Explanation explained(const scenario::Point& point) {
  std::ostringstream out, err;
  host::StopFlag stop{};
  Io io{out, err, stop};
  return explain(point, {1, 3, 2}, io);
}

std::string text_of(const Explanation& explanation) {
  Study study;
  study.name = "pool";
  study.points = {explanation.point};
  return explanation_text(study, explanation);
}

double time_of(const Explanation& explanation, Resource resource) {
  for (const analysis::Bound& bound : explanation.bounds) {
    if (bound.resource == resource) return bound.time;
  }
  return 0;
}

double gain(const Explanation& explanation, const std::string& what) {
  for (const TriedChange& tried : explanation.tried) {
    if (tried.change.what == what) return tried.gain;
  }
  ADD_FAILURE() << "not tried: " << what;
  return 0;
}

bool tries(const Explanation& explanation, const std::string& what) {
  for (const TriedChange& tried : explanation.tried) {
    if (tried.change.what.find(what) != std::string::npos) return true;
  }
  return false;
}

TEST(ExplainPools, TinyTasksOneByOneAreBoundByHandingOutAndTravelBetterTogether) {
  const auto seen = explained(pool(StrategyKind::kProcesses, 2000, python(us(2)), 1));
  EXPECT_NEAR(time_of(seen, Resource::kDispatch), 2000 * 20e3, 1);
  EXPECT_GT(gain(seen, "chunk size 64"), 3);
  EXPECT_THAT(text_of(seen),
              AllOf(HasSubstr("handing out"), HasSubstr("2000 tasks in 2000 chunks"),
                    HasSubstr("Handing out the tasks is the limit: they are too small, or travel"),
                    HasSubstr("By a setting alone: chunk size ")));
}

TEST(ExplainPools, OnlyMessagesGrowWithTheNumberOfChunks) {
  const auto demands = [](int chunk) {
    return demands_of(pool(StrategyKind::kProcesses, 1024, python(ms(1)), chunk).configuration, 1,
                      0);
  };
  const auto one = demands(1), sixteen = demands(16);
  EXPECT_NEAR(one.dispatch, 16 * sixteen.dispatch, 1);
  EXPECT_NEAR(one.computing - one.messages, sixteen.computing - sixteen.messages, 1);
  EXPECT_EQ(one.start, sixteen.start);
}

TEST(ExplainPools, LargePayloadsAreBoundByPicklingAndSharedMemoryHelps) {
  scenario::Point point = pool(StrategyKind::kProcesses, 40, python(us(100)), 1);
  point.configuration.batch.payload.argument = {8 << 20};
  const auto seen = explained(point);
  // Pickled and written by one thread: 200 µs a MiB each.
  EXPECT_NEAR(time_of(seen, Resource::kPickling), 40 * 8 * 400e3, 1e6);
  EXPECT_GT(gain(seen, "payloads in shared memory"), 2);
  EXPECT_THAT(text_of(seen),
              AllOf(HasSubstr("Pickling is the limit"), HasSubstr("40 tasks with 8 MiB each"),
                    HasSubstr("of pickling and moving payloads")));
}

TEST(ExplainPools, WhatTheParentDoesWithResultsIsABoundOfItsOwn) {
  scenario::Point point = pool(StrategyKind::kProcesses, 50, python(ms(1)), 1);
  point.configuration.batch.handle = {python(ms(3))};
  point.configuration.pool.pattern = model::PoolPattern::kImap;
  const auto seen = explained(point);
  EXPECT_NEAR(time_of(seen, Resource::kHandling), 150e6, 3e6);
  EXPECT_NEAR(time_of(seen, Resource::kWorkers), 25e6, 2e6) << "the workers have no part in it";
  EXPECT_THAT(text_of(seen), HasSubstr("What the main thread does with the results is the limit"));
}

TEST(ExplainPools, TheStartMethodIsTried) {
  scenario::Point point = pool(StrategyKind::kProcesses, 8, python(ms(5)), 1);
  point.configuration.start_method = model::StartMethod::kSpawn;
  const auto seen = explained(point);
  EXPECT_GT(gain(seen, "start method fork"), 1.5);
  EXPECT_FALSE(tries(seen, "forkserver")) << "the profile has none";
}

TEST(ExplainPools, SmallTasksOfThreadsArePutTogether) {
  const auto seen = explained(pool(StrategyKind::kThreads, 1000, python(us(5)), 1));
  EXPECT_GT(gain(seen, "50 tasks in one call"), 3);
  EXPECT_NEAR(time_of(seen, Resource::kDispatch), 1000 * 20e3, 1);
  EXPECT_FALSE(tries(explained(pool(StrategyKind::kThreads, 8, python(ms(5)), 1)), "in one call"));
}

TEST(ExplainPools, AsManyWorkersAsTasksAreTriedWhereTheyAreFew) {
  model::Step wait = model::WaitStep{model::Constant{ms(10)}, model::WaitVia::kSleep};
  scenario::Point point = pool(StrategyKind::kThreads, 15, wait, 1);
  point.configuration.workers = point.workers = 13;
  EXPECT_GT(gain(explained(point), "threads@15"), 1.6);
}

// Strategies that are modelled without results are not tried where there are any.
TEST(ExplainPools, NothingIsTriedThatCannotBeSimulated) {
  scenario::Point point = pool(StrategyKind::kProcesses, 8, python(ms(1)), 1);
  point.configuration.interpreter.asyncio = model::AsyncioCosts{};
  EXPECT_TRUE(tries(explained(point), "asyncio"));
  point.configuration.batch.handle = {python(ms(1))};
  EXPECT_FALSE(tries(explained(point), "asyncio"));
  point = pool(StrategyKind::kThreads, 8, python(ms(1)), 1);
  point.configuration.batch.heap = {1 << 20};
  EXPECT_FALSE(tries(explained(point), "processes")) << "the profile knows no heap";
}

// Sixteen workers compute sixteen times as fast as the lock allows.
TEST(ExplainPools, WhatABoundRulesOutIsNotSimulated) {
  scenario::Point point = pool(StrategyKind::kProcesses, 64, python(ms(50)), 1);
  point.configuration.machine.cores = 16;
  point.configuration.workers = point.workers = 16;
  const auto seen = explained(point);
  std::size_t ruled_out = 0;
  for (const TriedChange& tried : seen.tried) {
    if (!tried.is_ruled_out) continue;
    ++ruled_out;
    EXPECT_TRUE(tried.prediction.replications.empty()) << tried.change.what;
    EXPECT_EQ(tried.change.what.find("threads@") == 0 || tried.change.what == "sequential" ||
                  tried.change.what.find("processes@") == 0 ||
                  tried.change.what.find("chunk size") == 0,
              true)
        << tried.change.what;
  }
  EXPECT_GT(ruled_out, 2U);
  EXPECT_THAT(text_of(seen), HasSubstr("sequential (at most 0.0"));
}

// Whatever the pool and its use, no simulated run is faster than its bounds.
TEST(ExplainPools, NoRunTakesLessThanItsLargestBound) {
  for (const auto strategy : {StrategyKind::kProcesses, StrategyKind::kThreads,
                              StrategyKind::kThreadEach, StrategyKind::kSequential}) {
    for (const int chunk : {1, 8}) {
      for (const Duration task : {us(20), ms(1)}) {
        scenario::Point point = pool(strategy, 64, python(task), chunk);
        point.configuration.batch.handle = {python(us(50))};
        point.configuration.batch.payload = {{100'000}, {50'000}};
        const auto seen = explained(point);
        const double wall = median_of(seen.own, "wall").value();
        EXPECT_GE(wall, 0.995 * seen.bounds.front().time) << model::name_of(strategy) << chunk;
      }
    }
  }
}

TEST(ExplainPools, ALimitIsNamedOnlyWhereItTakesMostOfTheRun) {
  scenario::Point point = pool(StrategyKind::kProcesses, 4, python(ms(1)), 1);
  point.configuration.start_method = model::StartMethod::kSpawn;
  EXPECT_THAT(text_of(explained(point)), HasSubstr("Starting the workers is the limit"));
  model::Step wait = model::WaitStep{model::Constant{ms(40)}, model::WaitVia::kSleep};
  point.configuration.batch.task = {wait};
  EXPECT_THAT(text_of(explained(point)), HasSubstr("No resource alone is the limit"));
}

}  // namespace
}  // namespace gilsim::app
