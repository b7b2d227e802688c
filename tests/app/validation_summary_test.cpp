#include "app/validation_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gilsim::app {
namespace {

using testing::HasSubstr;
using testing::Not;

PointReport point(const std::string& strategy, model::StrategyKind kind, double predicted,
                  double measured, double bound) {
  PointReport report;
  report.point.strategy = strategy;
  report.point.workers = 2;
  report.point.configuration.strategy = kind;
  MetricReport wall{"wall", "ns", {}, {}, 10, {{"bound", bound}}};
  wall.predicted = analysis::Band{predicted, predicted * 0.99, predicted * 1.01};
  wall.measured = analysis::Band{measured, measured, measured};
  report.metrics = {wall};
  return report;
}

Report report_of(double threads_predicted, double threads_measured, double bound) {
  Report report;
  ScenarioReport scenario;
  scenario.name = "mix";
  scenario.points = {
      point("threads", model::StrategyKind::kThreads, threads_predicted, threads_measured, bound),
      point("processes", model::StrategyKind::kProcesses, 100, 100, 150)};
  report.scenarios = {scenario};
  return report;
}

TEST(ValidationSummary, ABaselineThatDoesBetterIsNamed) {
  Report lost = report_of(150, 120, 120);
  lost.scenarios[0].points[1].metrics[0].baseline.clear();
  const std::string text = validation_summary(lost);
  EXPECT_THAT(text, Not(HasSubstr("No trivial baseline")));
  EXPECT_THAT(text,
              HasSubstr("The trivial baseline 'bound' predicts wall better than the simulation: "
                        "median error 0.0 % against 25.0 % on the same 1 figure."));
}

TEST(ValidationSummary, ABaselineThatDoesWorseIsNotPraised) {
  EXPECT_THAT(validation_summary(report_of(120, 120, 200)),
              HasSubstr("No trivial baseline predicts any of these metrics better."));
}

TEST(ValidationSummary, AWrongChoiceIsPricedByTheRealRuns) {
  EXPECT_THAT(validation_summary(report_of(90, 110, 100)),
              HasSubstr("mix on 1 core: predicted best threads@2, measured best processes@2; the "
                        "wrong choice costs 10.0 %."));
  EXPECT_THAT(validation_summary(report_of(120, 120, 100)),
              HasSubstr("predicted best and measured best: processes@2."));
}

TEST(ValidationSummary, WithoutRunsThereIsNothingToCompare) {
  Report report = report_of(1, 1, 1);
  for (PointReport& each : report.scenarios[0].points) each.metrics[0].measured.reset();
  EXPECT_EQ(validation_summary(report),
            "Nothing to compare: no figure has both a prediction and a run.\n");
}

}  // namespace
}  // namespace gilsim::app
