// Strategy `hybrid`: n processes of m threads each.
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

Configuration batch(int cores, int tasks, std::vector<Step> task, int processes, int threads) {
  Configuration c = free_machine(cores);
  c.batch = {tasks, std::move(task)};
  c.strategy = StrategyKind::kHybrid;
  c.workers = processes;
  c.threads_each = threads;
  return c;
}

Duration wall_of(const Configuration& c) { return simulate(c, 1, 0).outcome.wall; }

TEST(Hybrid, WaitsOverlapOnAllThreadsOfAllProcesses) {
  const Step wait = WaitStep{Constant{ms(10)}, WaitVia::kSleep};
  EXPECT_EQ(wall_of(batch(1, 24, {wait}, 2, 4)), ms(30));
  EXPECT_EQ(wall_of(batch(1, 24, {wait}, 4, 6)), ms(10));
  EXPECT_EQ(wall_of(batch(1, 24, {wait}, 1, 1)), ms(240));
}

TEST(Hybrid, BytecodeScalesWithProcessesAndNotWithTheirThreads) {
  const Step python = PythonStep{Constant{ms(1)}, {}};
  EXPECT_EQ(wall_of(batch(8, 16, {python}, 4, 1)), ms(4));
  EXPECT_EQ(wall_of(batch(8, 16, {python}, 4, 4)), ms(4));
}

TEST(Hybrid, NativeCodeScalesWithBothAsFarAsThereAreCores) {
  const Step native = NativeStep{Constant{ms(10)}, LockMode::kReleased};
  EXPECT_EQ(wall_of(batch(8, 16, {native}, 2, 4)), ms(20));
  EXPECT_EQ(wall_of(batch(4, 16, {native}, 2, 4)), ms(40));
}

TEST(Hybrid, OfOneThreadEachIsAsProcessesWithAnEvenShare) {
  const Step python = PythonStep{Constant{ms(3)}, {}};
  Configuration hybrid = batch(2, 10, {python}, 2, 1);
  Configuration processes = hybrid;
  processes.strategy = StrategyKind::kProcesses;
  processes.pool.chunk_size = 5;
  EXPECT_EQ(wall_of(hybrid), wall_of(processes));
}

TEST(Hybrid, RunsOnThreadsOfItsProcessesUnderAPoolWithHandlersToo) {
  const Step wait = WaitStep{Constant{ms(10)}, WaitVia::kSleep};
  Configuration c = batch(1, 24, {wait}, 2, 4);
  c.interpreter.messages = MessageCosts{};
  c.interpreter.messages->pool.maintain = ChunkCost{};
  const Outcome outcome = simulate(c, 1, 0).outcome;
  EXPECT_GE(outcome.wall, ms(30));
  EXPECT_LE(outcome.wall, ms(30) + Duration::microseconds(20)) << "the worker handler's looks";
  EXPECT_EQ(outcome.threads.at(0).operations, 24);
}

TEST(Hybrid, EachProcessHasAnEvenShareOfTheTasks) {
  EXPECT_EQ(chunk_size_of(batch(1, 10, {}, 3, 2)), 4);
  EXPECT_EQ(chunk_size_of(batch(1, 9, {}, 3, 2)), 3);
}

}  // namespace
}  // namespace gilsim::model
