#include "app/figures.hpp"

#include <gtest/gtest.h>

namespace gilsim::app {
namespace {

using sim::Duration;

model::Configuration looping(bool with_wait) {
  model::Configuration configuration;
  model::LoopingThread thread{"t", {model::PythonStep{}}};
  if (with_wait) thread.program.push_back(model::WaitStep{});
  configuration.threads = {thread};
  configuration.duration = Duration::seconds(2);
  return configuration;
}

model::Outcome outcome_of(std::vector<Duration> latencies) {
  model::Outcome outcome;
  outcome.threads = {{"t", static_cast<std::int64_t>(latencies.size()), latencies, {}}};
  return outcome;
}

TEST(Figures, RateIsOperationsOverTheDurationAndQuantilesInterpolate) {
  const RunFigures run = figures_of(
      looping(true), outcome_of({Duration::microseconds(10), Duration::microseconds(20),
                                 Duration::microseconds(40), Duration::microseconds(30)}));
  EXPECT_EQ(run.value("t.rate"), 2.0);
  EXPECT_EQ(run.value("t.p50"), 25'000.0);
  EXPECT_NEAR(*run.value("t.p99"), 39'700.0, 1e-6);
}

TEST(Figures, AThreadThatOnlyComputesHasNoLatencies) {
  const RunFigures run = figures_of(looping(false), outcome_of({Duration::microseconds(10)}));
  EXPECT_TRUE(run.value("t.rate"));
  EXPECT_FALSE(run.value("t.p50"));
}

TEST(Figures, AThreadThatNeverGotRoundHasARateOfZeroAndNoLatencies) {
  const RunFigures run = figures_of(looping(true), outcome_of({}));
  EXPECT_EQ(run.value("t.rate"), 0.0);
  EXPECT_FALSE(run.value("t.p50"));
}

RunFigures batch_run(double wall) { return {{{"wall", "ns", wall}}, -1, -1, 0, 0}; }

TEST(Figures, SpeedupIsTakenRunByRunAsFarAsBothWent) {
  const std::vector<RunFigures> own = {batch_run(50), batch_run(40), batch_run(10)};
  const std::vector<RunFigures> sequential = {batch_run(100), batch_run(120)};
  const std::vector<Series> series = series_of(own, &sequential);
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[0].values, (std::vector<double>{50, 40, 10}));
  EXPECT_EQ(series[1].metric, "speedup");
  EXPECT_EQ(series[1].values, (std::vector<double>{2, 3}));
}

}  // namespace
}  // namespace gilsim::app
