// Threads of a free-threaded build that work on one object share its time.
#include "models/program/shared_objects.hpp"

#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

Step on(const std::string& object, Duration time) { return PythonStep{Constant{time}, {}, object}; }
Step local(Duration time) { return PythonStep{Constant{time}, {}}; }

Configuration batch(int cores, int tasks, std::vector<Step> task) {
  Configuration c = free_machine(cores);
  c.interpreter.version = "3.14.0";
  c.interpreter.free_threaded = true;
  c.batch = {tasks, std::move(task)};
  c.strategy = StrategyKind::kThreads;
  c.workers = cores;
  number_shared_objects(c);
  return c;
}

Duration wall_of(const Configuration& c) { return simulate(c, 1, 0).outcome.wall; }

// Threads notice who else is there once in 100 us of work.
void expect_about(Duration actual, Duration expected) {
  EXPECT_NEAR(static_cast<double>(actual.count()), static_cast<double>(expected.count()), 1e6);
}

TEST(SharedObjects, WorkOnOneObjectGainsNothingFromThreads) {
  expect_about(wall_of(batch(4, 8, {on("counter", ms(10))})), ms(80));
  EXPECT_EQ(wall_of(batch(4, 8, {local(ms(10))})), ms(20));
}

TEST(SharedObjects, ThreadsThatHaveNoCoreDisturbNobody) {
  Configuration c = batch(2, 8, {on("counter", ms(10))});
  c.workers = 4;
  expect_about(wall_of(c), ms(80));
}

TEST(SharedObjects, AreUsedByThreadsThatSpin) {
  const Outcome outcome = simulate(batch(2, 4, {on("counter", ms(10))}), 1, 0).outcome;
  EXPECT_NEAR(static_cast<double>(outcome.cpu.count()), 2.0 * 40e6, 2e6);
}

std::int64_t operations_of(const std::string& own, const std::string& other, const char* thread) {
  Configuration c = free_machine(2);
  c.interpreter.version = "3.14.0";
  c.interpreter.free_threaded = true;
  c.threads = {{"a", {own.empty() ? local(ms(1)) : on(own, ms(1))}},
               {"b", {other.empty() ? local(ms(1)) : on(other, ms(1))}}};
  c.duration = Duration::milliseconds(200);
  number_shared_objects(c);
  for (const ThreadOutcome& outcome : simulate(c, 1, 0).outcome.threads) {
    if (outcome.name == thread) return outcome.operations;
  }
  return -1;
}

TEST(SharedObjects, ThatAreDifferentDoNotDisturbEachOtherNorLocalWork) {
  EXPECT_NEAR(static_cast<double>(operations_of("x", "x", "a")), 100, 2);
  EXPECT_EQ(operations_of("x", "y", "a"), operations_of("", "", "a"));
  EXPECT_EQ(operations_of("x", "", "b"), operations_of("", "", "b"));
}

TEST(SharedObjects, ContendedWorkTakesThatMuchLonger) {
  Configuration c = batch(2, 2, {on("a", ms(10))});
  c.interpreter.shared = {Estimate::exactly(1e7), Estimate::exactly(1.5)};
  expect_about(wall_of(c), ms(30));
}

TEST(SharedObjects, TheLuckierOfTwoThreadsIsDoneSooner) {
  Configuration c = batch(2, 2, {on("a", ms(12))});
  c.interpreter.shared = {Estimate::exactly(1e7), Estimate::exactly(1), Estimate::exactly(0.6)};
  const Outcome outcome = simulate(c, 1, 0).outcome;
  expect_about(outcome.wall, ms(24));
  expect_about(outcome.threads.at(0).latencies.at(0), ms(20));
}

TEST(SharedObjects, WithTheLockASharedStepIsLikeAnyOther) {
  Configuration shared = batch(4, 8, {on("a", ms(7))});
  Configuration plain = batch(4, 8, {local(ms(7))});
  shared.lock = plain.lock = LockKind::kHolderRequest;
  EXPECT_EQ(simulate(shared, 1, 0).fingerprint, simulate(plain, 1, 0).fingerprint);
}

TEST(SharedObjects, ProcessesShareNothing) {
  Configuration c = batch(4, 8, {on("a", ms(10))});
  c.strategy = StrategyKind::kProcesses;
  c.pool.chunk_size = 1;
  EXPECT_EQ(wall_of(c), ms(20));
}

TEST(SharedObjects, AStepOfNoTimeTakesNothing) {
  EXPECT_EQ(wall_of(batch(2, 6, {on("a", {}), local(ms(10))})), ms(30));
}

TEST(SharedObjects, EqualNamesAreOneObjectAndHaveTheNumberOfTheirFirstMention) {
  Configuration c = batch(1, 1, {on("a", ms(1)), local(ms(1)), on("b", ms(1)), on("a", ms(1))});
  const auto number = [&c](std::size_t i) { return std::get<PythonStep>(c.batch.task[i]).object; };
  EXPECT_EQ(number(0), 1);
  EXPECT_EQ(number(1), 0);
  EXPECT_EQ(number(2), 2);
  EXPECT_EQ(number(3), 1);
}

}  // namespace
}  // namespace gilsim::model
