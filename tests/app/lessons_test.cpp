#include "app/lessons.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using sim::Duration;
using testing::ElementsAre;
using testing::HasSubstr;

model::Step python(Duration time) { return model::PythonStep{model::Constant{time}, {}}; }
model::Step wait(Duration time) {
  return model::WaitStep{model::Constant{time}, model::WaitVia::kSleep};
}

ScenarioReport batch(model::StrategyKind kind, int tasks, int workers,
                     std::vector<model::Step> task, double speedup) {
  PointReport point;
  point.point.strategy = model::name_of(kind);
  point.point.workers = workers;
  model::Configuration& configuration = point.point.configuration;
  configuration.machine.cores = 2;
  configuration.interpreter = test::round_profile().interpreters[0];
  configuration.strategy = kind;
  configuration.workers = workers;
  configuration.batch = {tasks, std::move(task)};
  MetricReport wall{"wall", "ns", analysis::Band{1e9, 1e9, 1e9}, {}, 0, {}};
  MetricReport gain{"speedup", "1", analysis::Band{speedup, speedup, speedup}, {}, 0, {}};
  point.metrics = {wall, gain};
  ScenarioReport scenario;
  scenario.points = {point};
  return scenario;
}

constexpr auto kThreads = model::StrategyKind::kThreads;
constexpr auto kProcesses = model::StrategyKind::kProcesses;
const Duration kMillisecond = Duration::milliseconds(1);

TEST(Lessons, PureBytecodeOnThreadsIsLimitedByTheLock) {
  EXPECT_THAT(lessons_of(batch(kThreads, 8, 4, {python(kMillisecond)}, 1.0)),
              ElementsAre("threads@4: 1.00×. The lock lets one thread at a time run bytecode, and "
                          "100 % of the work holds it: no number of threads gets past 1.00×."));
}

TEST(Lessons, WaitsOverlapAndTheTurnsAreTheLimit) {
  EXPECT_THAT(
      lessons_of(batch(kThreads, 15, 13, {python(kMillisecond), wait(kMillisecond * 99)}, 7.5)),
      ElementsAre("threads@13: 7.50×. 99 % of the work is waiting, and waits overlap; 15 tasks on "
                  "13 threads allow 7.50×."));
}

TEST(Lessons, ProcessesAreLimitedByTheCoresAndWhatIsMissingIsPriced) {
  EXPECT_THAT(
      lessons_of(batch(kProcesses, 64, 4, {python(kMillisecond)}, 1.8)),
      ElementsAre("processes@4: 1.80×. 100 % of the work is computing, for which 2 cores allow "
                  "2.00×; what is missing, 100 ms, is the price of starting, feeding and ending "
                  "the processes and of uneven shares."));
}

PointReport beside_cpu(Duration interval, double p50) {
  PointReport point;
  point.point.strategy = "cpu+io";
  point.point.configuration.switch_interval = interval;
  point.point.configuration.interpreter = test::round_profile().interpreters[0];
  point.point.configuration.threads = {{"cpu", {python(kMillisecond)}},
                                       {"io", {wait(kMillisecond)}}};
  point.metrics = {{"io.p50", "ns", analysis::Band{p50, p50, p50}, {}, 0, {}}};
  return point;
}

TEST(Lessons, TheWaitForTheLockIsReadOffTheSlopeOverTheInterval) {
  ScenarioReport scenario;
  scenario.points = {beside_cpu(kMillisecond, 2.2e6), beside_cpu(kMillisecond * 5, 6.2e6)};
  EXPECT_THAT(lessons_of(scenario),
              ElementsAre("cpu+io: one operation of io takes 2.20 ms (p50) at an interval of 1ms, "
                          "6.20 ms at 5ms, its own steps 1.00 ms: each waits about 1 switch "
                          "interval for the lock."));
}

TEST(Lessons, AtASingleIntervalTheRestOfAnOperationIsExplained) {
  ScenarioReport scenario;
  scenario.points = {beside_cpu(kMillisecond * 5, 11e6)};
  EXPECT_THAT(lessons_of(scenario), ElementsAre(HasSubstr("the rest, 2 switch intervals, is")));
}

}  // namespace
}  // namespace gilsim::app
