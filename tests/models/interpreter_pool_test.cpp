// Strategy `interpreters`: threads, each with an interpreter that has a lock of its own.
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

Configuration batch(int cores, int tasks, Duration python, int workers) {
  Configuration c = free_machine(cores);
  c.interpreter.version = "3.14.0";
  c.batch = {tasks, {PythonStep{Constant{python}, {}}}};
  c.strategy = StrategyKind::kInterpreters;
  c.workers = workers;
  return c;
}

Duration wall_of(const Configuration& c) { return simulate(c, 1, 0).outcome.wall; }

TEST(Interpreters, BytecodeScalesWithCores) {
  EXPECT_EQ(wall_of(batch(4, 8, ms(10), 4)), ms(20));
  EXPECT_EQ(wall_of(batch(2, 8, ms(10), 2)), ms(40));
  EXPECT_EQ(wall_of(batch(4, 8, ms(10), 1)), ms(80));
}

TEST(Interpreters, AreCreatedSideBySideEachUnderItsOwnLock) {
  Configuration c = batch(4, 4, ms(10), 4);
  c.interpreter.interpreters->create = Cost::exactly(ms(7));
  EXPECT_EQ(wall_of(c), ms(17));
  c.machine.cores = 1;
  EXPECT_EQ(wall_of(c), ms(4 * 17));
}

TEST(Interpreters, AreDestroyedSideBySideToo) {
  Configuration c = batch(4, 4, ms(10), 4);
  c.interpreter.interpreters->destroy = Cost::exactly(ms(2));
  EXPECT_EQ(wall_of(c), ms(12));
}

TEST(Interpreters, NoMoreAreCreatedThanThereAreTasks) {
  Configuration c = batch(1, 2, ms(10), 8);
  c.interpreter.interpreters->create = Cost::exactly(ms(7));
  EXPECT_EQ(wall_of(c), ms(2 * 17));
}

TEST(Interpreters, WhatCrossesIsPaidForEachTask) {
  Configuration c = batch(1, 50, ms(1), 1);
  c.interpreter.interpreters->call = Cost::exactly(us(80));
  EXPECT_EQ(wall_of(c), ms(50) + us(50 * 80));
}

// Half of each crossing is done under the lock that all share.
TEST(Interpreters, TheMainInterpretersLockLimitsTinyTasks) {
  Configuration c = batch(64, 640, {}, 64);
  c.interpreter.interpreters->call = Cost::exactly(us(100));
  EXPECT_GE(wall_of(c), us(640 * 50));
}

}  // namespace
}  // namespace gilsim::model
