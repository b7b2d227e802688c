#include "models/run_to_run.hpp"

#include <gtest/gtest.h>

#include "models/simulation.hpp"

namespace gilsim::model {
namespace {

const Estimate kWide = {1, 0.5, 2, 10};

Configuration of_loops(RunToRun run_to_run) {
  Configuration configuration;
  configuration.machine.run_to_run = run_to_run;
  configuration.interpreter.version = "3.11.2";
  configuration.interpreter.rates = {Estimate::exactly(1e8), Estimate::exactly(1e8),
                                     Estimate::exactly(1e8)};
  configuration.batch = {1, {PythonStep{Constant{sim::Duration::milliseconds(10)}, std::nullopt}}};
  return configuration;
}

TEST(RunToRun, OfOneInEverythingChangesNothing) {
  Configuration plain = of_loops({});
  plain.machine.run_to_run.reset();
  EXPECT_EQ(simulate(of_loops({}), 1, 3).fingerprint, simulate(plain, 1, 3).fingerprint);
}

TEST(RunToRun, HoldsForAWholeRunAndDiffersFromOneToTheNext) {
  const Configuration configuration = of_loops({.speed = kWide});
  const Configuration first = as_in_one_run(configuration, 1, 0);
  const Configuration second = as_in_one_run(configuration, 1, 1);
  EXPECT_NE(first.speed, second.speed);
  EXPECT_FALSE(first.machine.run_to_run);
  const auto wall = [&](std::uint64_t i) { return simulate(configuration, 1, i).outcome.wall; };
  const double slower = first.speed / second.speed;
  EXPECT_NEAR(wall(1).in_seconds() / wall(0).in_seconds(), slower, 0.01 * slower);
}

TEST(RunToRun, SlowerWakeUpsAreSlowerAtEveryIdleTime) {
  const Configuration configuration = of_loops({.wake_ups = kWide});
  const Configuration drawn = as_in_one_run(configuration, 1, 0);
  const double factor = static_cast<double>(drawn.machine.waker_cost.median.count()) /
                        static_cast<double>(configuration.machine.waker_cost.median.count());
  ASSERT_NE(factor, 1);
  for (std::size_t i = 0; i < drawn.machine.futex_wake.size(); ++i) {
    EXPECT_EQ(drawn.machine.futex_wake[i].latency.median,
              configuration.machine.futex_wake[i].latency.median.scaled(factor));
  }
  EXPECT_EQ(drawn.speed, configuration.speed);
}

TEST(RunToRun, DearerCallsLeaveTheWakeUpsAlone) {
  Configuration configuration = of_loops({.calls = kWide});
  configuration.interpreter.waits.pipe.call = Cost::exactly(sim::Duration::microseconds(100));
  configuration.interpreter.waits.pipe.latency = Cost::exactly(sim::Duration::microseconds(9));
  const Configuration drawn = as_in_one_run(configuration, 1, 0);
  EXPECT_NE(drawn.interpreter.waits.pipe.call.median, sim::Duration::microseconds(100));
  EXPECT_EQ(drawn.interpreter.waits.pipe.latency.median, sim::Duration::microseconds(9));
}

TEST(RunToRun, RunsOfAnotherNameHaveDrawsOfTheirOwn) {
  Configuration configuration = of_loops({.speed = kWide});
  const double nameless = as_in_one_run(configuration, 1, 0).speed;
  configuration.run_name = "threads@4";
  EXPECT_NE(as_in_one_run(configuration, 1, 0).speed, nameless);
  EXPECT_EQ(as_in_one_run(configuration, 1, 0).speed, as_in_one_run(configuration, 1, 0).speed);
}

TEST(RunToRun, CostsOfMessagesAreDrawnOnceARun) {
  Configuration configuration = of_loops({});
  configuration.machine.run_to_run.reset();
  const Cost wide = {sim::Duration::microseconds(10), sim::Duration::microseconds(5),
                     sim::Duration::microseconds(40), 14};
  MessageCosts& messages = configuration.interpreter.messages.emplace();
  messages.write = messages.pool.feed.item = wide;
  messages.pool.maintain = ChunkCost{wide, wide};
  messages.payloads = {{1, wide, wide, wide, wide, wide}};
  const auto drawn = [&](std::uint64_t replication) {
    return *as_in_one_run(configuration, 1, replication).interpreter.messages;
  };
  const MessageCosts first = drawn(0);
  for (const Cost& cost :
       {first.write, first.pool.feed.item, first.pool.maintain->item, first.payloads[0].keep}) {
    EXPECT_EQ(cost.low, cost.high);
    EXPECT_NE(cost.median, wide.median);
  }
  EXPECT_NE(first.write.median, first.pool.feed.item.median);
  EXPECT_NE(first.write.median, drawn(1).write.median);
}

}  // namespace
}  // namespace gilsim::model
