// Tasks that wait for others: the order they become ready in, and what theory says of the time.
#include "models/program/task_graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
Step native(std::int64_t n) { return NativeStep{Constant{ms(n)}, LockMode::kReleased}; }

struct Part {
  int tasks;
  std::int64_t time;
  std::vector<std::size_t> after{};
  std::vector<std::size_t> each_after{};
};

Configuration graph(int cores, StrategyKind strategy, int workers, const std::vector<Part>& parts) {
  Configuration c = free_machine(cores);
  c.interpreter.messages = MessageCosts{};
  // A system call without the lock, however short: what lets others in while a handler looks
  // around.
  c.interpreter.messages->read = Cost::exactly(Duration::nanoseconds(1));
  c.interpreter.messages->pool.maintain = ChunkCost{};
  c.interpreter.messages->executor = ExecutorCalls{};
  c.strategy = strategy;
  c.workers = workers;
  for (const Part& part : parts) {
    c.batch.stages.push_back({"stage " + std::to_string(c.batch.stages.size()), part.tasks, 1,
                              part.after, part.each_after});
    c.batch.task.push_back(native(part.time));
  }
  c.batch.tasks = tasks_of(c.batch.stages);
  return c;
}

// A Pool's handlers look after its workers now and then, a microsecond at a time, under the lock.
constexpr Duration kLooks = Duration::microseconds(20);

Outcome outcome_of(const Configuration& c) { return simulate(c, 1, 0).outcome; }

std::vector<Stage> stages_of(const std::vector<Part>& parts) {
  return graph(1, StrategyKind::kSequential, 1, parts).batch.stages;
}

TEST(CycleOf, NamesTheStagesThatWaitForEachOther) {
  EXPECT_THAT(cycle_of(stages_of({{1, 1, {1}}, {1, 1, {2}}, {1, 1, {}, {1}}})), ElementsAre(1, 2));
  EXPECT_THAT(cycle_of(stages_of({{1, 1, {0}}})), ElementsAre(0));
  EXPECT_THAT(cycle_of(stages_of({{1, 1}, {1, 1, {0}}, {1, 1, {0, 1}}})), IsEmpty());
}

std::vector<std::size_t> order_of(ReadyTasks ready) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < ready.count(); ++i) {
    order.push_back(ready.task(i));
    ready.done(order.back());
  }
  return order;
}

TEST(ReadyTasks, WithoutStagesAreAllInTheirOrder) {
  EXPECT_THAT(order_of(ReadyTasks({}, 3, 6)), ElementsAre(3, 4, 5));
}

TEST(ReadyTasks, WaitForAllOfAStageOrForOneOfEach) {
  EXPECT_THAT(order_of(ReadyTasks(stages_of({{1, 1, {1}}, {2, 1}, {2, 1, {}, {1}}}), 0, 5)),
              ElementsAre(1, 2, 3, 0, 4));
}

TEST(ReadyTasks, OfACycleNeverCome) {
  EXPECT_THAT(order_of(ReadyTasks(stages_of({{1, 1, {1}}, {1, 1, {0}}}), 0, 2)), IsEmpty());
}

class EachStrategy : public testing::TestWithParam<StrategyKind> {};

TEST_P(EachStrategy, TakesTheSumOfAChain) {
  const Outcome outcome =
      outcome_of(graph(4, GetParam(), 4, {{1, 3}, {1, 5, {0}}, {1, 7, {1}}, {1, 2, {}, {2}}}));
  EXPECT_GE(outcome.wall, ms(17));
  EXPECT_LE(outcome.wall, ms(17) + kLooks);
  EXPECT_EQ(outcome.threads.at(0).operations, 4);
}

TEST_P(EachStrategy, FansOutAndIn) {
  const Duration sequential = ms(4 + 8 * 10 + 6);
  const Duration parallel = ms(4 + 10 + 6);
  const bool alone =
      GetParam() == StrategyKind::kSequential || GetParam() == StrategyKind::kAsyncio;
  const Duration expected = alone ? sequential : parallel;
  const Duration wall =
      outcome_of(graph(10, GetParam(), 8, {{1, 4}, {8, 10, {0}}, {1, 6, {1}}})).wall;
  EXPECT_GE(wall, expected);
  EXPECT_LE(wall, expected + kLooks);
}

TEST_P(EachStrategy, APipelineOverlapsItsStages) {
  const Duration wall = outcome_of(graph(6, GetParam(), 3, {{3, 5}, {3, 5, {}, {0}}})).wall;
  const bool alone =
      GetParam() == StrategyKind::kSequential || GetParam() == StrategyKind::kAsyncio;
  const Duration expected = alone ? ms(30) : ms(10);
  EXPECT_GE(wall, expected);
  EXPECT_LE(wall, expected + kLooks);
}

INSTANTIATE_TEST_SUITE_P(TaskGraph, EachStrategy,
                         testing::Values(StrategyKind::kSequential, StrategyKind::kThreads,
                                         StrategyKind::kThreadEach, StrategyKind::kProcesses,
                                         StrategyKind::kProcessExecutor, StrategyKind::kAsyncio,
                                         StrategyKind::kInterpreters),
                         [](const auto& instance) { return std::string(name_of(instance.param)); });

// R. Graham: no greedy schedule takes longer than work / p + span * (1 - 1 / p).
TEST(TaskGraph, OnPWorkersTakesBetweenTheTwoBounds) {
  const std::vector<Part> parts = {
      {5, 7}, {3, 11, {0}}, {5, 2, {}, {0}}, {4, 9, {2}}, {1, 6, {1, 3}}};
  const double work = 5 * 7 + 3 * 11 + 5 * 2 + 4 * 9 + 6;
  const double span = 7 + 11 + 6;
  const double moving = 0.5;  // until the kernel has given a thread that is ready an idle core
  for (int p = 1; p <= 6; ++p) {
    for (const StrategyKind strategy : {StrategyKind::kThreads, StrategyKind::kProcesses}) {
      // Some cores more for the parent's threads: they take no worker's.
      const int cores = strategy == StrategyKind::kProcesses ? p + 4 : p;
      const double wall =
          static_cast<double>(outcome_of(graph(cores, strategy, p, parts)).wall.count()) / 1e6;
      EXPECT_GE(wall, std::max(work / p, span)) << p;
      EXPECT_LE(wall, work / p + span * (1 - 1.0 / p) + moving) << p;
    }
  }
}

TEST(TaskGraph, OfOneStageIsLikeAnyBatch) {
  Configuration stages = graph(2, StrategyKind::kThreads, 2, {{6, 5}});
  Configuration plain = stages;
  plain.batch.stages.clear();
  EXPECT_EQ(outcome_of(stages).wall, outcome_of(plain).wall);
}

TEST(TaskGraph, GivesATaskTheStepsOfItsOwnStageOnly) {
  const auto samples =
      sample_tasks(graph(1, StrategyKind::kSequential, 1, {{1, 3}, {2, 5, {0}}}), 1, 0);
  EXPECT_THAT(samples, ElementsAre(ElementsAre(ms(3), kNoStep), ElementsAre(kNoStep, ms(5)),
                                   ElementsAre(kNoStep, ms(5))));
}

}  // namespace
}  // namespace gilsim::model
