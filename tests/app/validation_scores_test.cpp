#include "app/validation_scores.hpp"

#include <gtest/gtest.h>

#include "tests/app/validation_fixture.hpp"

namespace gilsim::app {
namespace {

using model::StrategyKind;
using test::batch;
using test::everything;
using test::metric;
using test::scenario_of;

Report of(const std::vector<ScenarioReport>& scenarios) {
  Report report;
  report.scenarios = scenarios;
  return report;
}

// cpu beside io, which waits; both on one core.
PointReport convoy() {
  PointReport report;
  report.point.strategy = "cpu+io";
  report.point.configuration.threads = {
      {"cpu", {model::PythonStep{{}, 1}}},
      {"io", {model::WaitStep{model::Constant{sim::Duration::milliseconds(1)}}}}};
  report.metrics = {metric("cpu.rate", "1/s", 100, {100}), metric("io.rate", "1/s", 200, {160}),
                    metric("io.p95", "ns", 5e6, {5e6}), metric("io.p50", "ns", 5e6, {4e6})};
  return report;
}

TEST(Quantities, TellWaitingThreadsFromThoseThatComputeBeside) {
  const PointReport point = convoy();
  EXPECT_EQ(quantity_of(point, point.metrics[0]), "rate beside I/O");
  EXPECT_EQ(quantity_of(point, point.metrics[1]), "I/O rate");
  EXPECT_EQ(quantity_of(point, point.metrics[2]), "p95");
  PointReport alone = convoy();
  alone.point.configuration.threads.pop_back();
  EXPECT_EQ(quantity_of(alone, alone.metrics[0]), "rate");
}

TEST(Scores, AreByQuantityInTheOrderOfReports) {
  const Report report = of({scenario_of("convoy", {convoy()})});
  const auto scores = quantity_scores(scored_figures(report, everything));
  ASSERT_EQ(scores.size(), 4u);
  EXPECT_EQ(scores[0].quantity, "I/O rate");
  EXPECT_DOUBLE_EQ(scores[0].errors.median_abs_error.value(), 0.25);
  EXPECT_EQ(scores[2].quantity, "p50");
  EXPECT_EQ(scores[2].intervals.values, 1);
  EXPECT_EQ(scores[2].intervals.inside, 0) << "4 ms is below 4.5";
}

TEST(Scores, ARuleIsHeldAgainstTheSimulationOnItsOwnFiguresOnly) {
  PointReport known = batch(StrategyKind::kThreads, 2, 100, {110});
  known.metrics[0].baseline["bound"] = 121;
  const Report report =
      of({scenario_of("one", {known, batch(StrategyKind::kThreads, 4, 100, {200})})});
  const auto scores = quantity_scores(scored_figures(report, everything));
  const RuleScore& bound = scores.at(0).rules.at("bound");
  EXPECT_EQ(bound.rule.n, 1);
  EXPECT_DOUBLE_EQ(bound.rule.median_abs_error.value(), 0.1);
  EXPECT_NEAR(bound.simulation.median_abs_error.value(), 10.0 / 110, 1e-12);
  EXPECT_EQ(scores[0].errors.n, 2);
}

TEST(Scores, WhatTheFilterKeepsOutIsNotLookedAt) {
  const Report report = of({scenario_of("open", {batch(StrategyKind::kThreads, 2, 100, {100})}),
                            scenario_of("shut", {batch(StrategyKind::kThreads, 2, 100, {300})})});
  const auto figures = scored_figures(
      report, [](const ScenarioReport& scenario) { return scenario.name == "open"; });
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].scenario->name, "open");
}

TEST(Scores, NoHandoverAtAllIsNoFigure) {
  PointReport point = batch(StrategyKind::kThreads, 1, 100, {100});
  point.metrics.push_back(metric("handovers", "count", 2, {0, 0, 1}));
  EXPECT_EQ(scored_figures(of({scenario_of("one", {point})}), everything).size(), 1u);
}

TEST(Decisions, AreOneASettingAmongWaysToRunTheSameBatch) {
  PointReport elsewhere = batch(StrategyKind::kThreads, 2, 1, {1});
  elsewhere.point.configuration.machine.cores = 1;
  const Report report =
      of({scenario_of("mix", {batch(StrategyKind::kSequential, 1, 100, {100}),
                              batch(StrategyKind::kThreads, 2, 60, {80}),
                              batch(StrategyKind::kProcesses, 2, 70, {50}), elsewhere}),
          scenario_of("convoy", {convoy()})});
  const auto decisions = scored_decisions(report, everything);
  ASSERT_EQ(decisions.size(), 1u);
  EXPECT_EQ(decisions[0].chosen->point.strategy, "threads");
  EXPECT_EQ(decisions[0].best->point.strategy, "processes");
  EXPECT_DOUBLE_EQ(summary_of(decisions).worst_regret, 0.6);
}

TEST(Wide, IsWhatReachesBeyondAQuarterOrWasMarked) {
  PointReport point = batch(StrategyKind::kThreads, 2, 100, {100});
  const Report narrow = of({scenario_of("one", {point})});
  EXPECT_FALSE(is_wide(scored_figures(narrow, everything).front()));
  point.metrics[0].predicted->high = 130;
  const Report wide = of({scenario_of("one", {point})});
  EXPECT_TRUE(is_wide(scored_figures(wide, everything).front()));
}

}  // namespace
}  // namespace gilsim::app
