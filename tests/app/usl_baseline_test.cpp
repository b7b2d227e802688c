#include "app/usl_baseline.hpp"

#include <gtest/gtest.h>

#include "tests/app/validation_fixture.hpp"

namespace gilsim::app {
namespace {

using model::StrategyKind;
using test::batch;
using test::scenario_of;

TEST(UslBaseline, SaysWhatMoreWorkersTakeFromRunsWithOneAndTwo) {
  ScenarioReport scenario = scenario_of("mix", {batch(StrategyKind::kSequential, 1, 1, {400}),
                                                batch(StrategyKind::kThreads, 1, 1, {400, 400}),
                                                batch(StrategyKind::kThreads, 2, 1, {300, 300}),
                                                batch(StrategyKind::kThreads, 4, 1, {250})});
  scenario.points[3].metrics.push_back(test::metric("speedup", "1", 1.5, {1.6}));
  add_usl_baseline(scenario);
  // 2 * 300 / 400 = 1 + contention: a half. With four workers 400 * (1 + 3/2) / 4.
  EXPECT_NEAR(scenario.points[3].metrics[0].baseline.at(kUslBaseline), 250, 1e-9);
  EXPECT_NEAR(scenario.points[3].metrics[1].baseline.at(kUslBaseline), 1.6, 1e-9);
}

TEST(UslBaseline, SaysNothingOfTheRunsThatItWasFittedTo) {
  ScenarioReport scenario = scenario_of("mix", {batch(StrategyKind::kThreads, 1, 1, {400}),
                                                batch(StrategyKind::kThreads, 2, 1, {300})});
  add_usl_baseline(scenario);
  for (const PointReport& point : scenario.points) EXPECT_TRUE(point.metrics[0].baseline.empty());
}

TEST(UslBaseline, SaysNothingWithoutRunsOfTheSameStrategyOnTheSameCores) {
  PointReport elsewhere = batch(StrategyKind::kThreads, 2, 1, {300});
  elsewhere.point.configuration.machine.cores = 1;
  ScenarioReport scenario =
      scenario_of("mix", {batch(StrategyKind::kThreads, 1, 1, {400}), elsewhere,
                          batch(StrategyKind::kProcesses, 2, 1, {300}),
                          batch(StrategyKind::kThreads, 4, 1, {9})});
  add_usl_baseline(scenario);
  EXPECT_TRUE(scenario.points[3].metrics[0].baseline.empty());
}

TEST(UslBaseline, IsTheOnlyOneThatNeedsMeasurements) {
  EXPECT_TRUE(needs_measurements(kUslBaseline));
  EXPECT_FALSE(needs_measurements("amdahl"));
}

}  // namespace
}  // namespace gilsim::app
