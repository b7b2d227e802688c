// `gilsim explain`, and what reports say of predictions that a race decides.
#include "app/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "app/conditioning.hpp"
#include "app/demands.hpp"
#include "models/timeline/recorder.hpp"
#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using analysis::Resource;
using model::Constant;
using sim::Duration;
using test::ran;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }

model::Step python(Duration t) { return model::PythonStep{Constant{t}, {}}; }
model::Step native(Duration t) {
  return model::NativeStep{Constant{t}, model::LockMode::kReleased};
}
model::Step wait(Duration t) { return model::WaitStep{Constant{t}, model::WaitVia::kSleep}; }

scenario::Point batch(int tasks, std::vector<model::Step> task, model::StrategyKind strategy,
                      int workers) {
  const model::HostProfile profile = test::round_profile();
  scenario::Point point{model::name_of(strategy), workers, "3.11.2", {}};
  point.configuration.machine = profile.machine;
  point.configuration.interpreter = profile.interpreters.front();
  point.configuration.batch = {tasks, std::move(task)};
  point.configuration.strategy = strategy;
  point.configuration.workers = workers;
  return point;
}

scenario::Point threads(std::vector<model::LoopingThread> all) {
  scenario::Point point = batch(1, {}, model::StrategyKind::kSequential, 1);
  point.configuration.threads = std::move(all);
  point.configuration.duration = ms(400);
  return point;
}

Explanation explained(const scenario::Point& point) {
  std::ostringstream out, err;
  host::StopFlag stop{};
  Io io{out, err, stop};
  return explain(point, {1, 5, 2}, io);
}

double gain(const Explanation& explanation, const std::string& what) {
  for (const TriedChange& tried : explanation.tried) {
    if (tried.change.what.find(what) != std::string::npos) return tried.gain;
  }
  ADD_FAILURE() << "not tried: " << what;
  return 0;
}

Resource limit(const Explanation& explanation) { return explanation.bounds.front().resource; }

TEST(Explain, BytecodeInThreadsIsBoundByTheLockAndProcessesHelp) {
  const auto seen = explained(batch(2, {python(ms(100))}, model::StrategyKind::kThreads, 2));
  EXPECT_EQ(limit(seen), Resource::kLock);
  EXPECT_GT(gain(seen, "processes@2"), 1.7);
  EXPECT_GT(gain(seen, "step 1 (bytecode) in C code"), 1.8);
  EXPECT_LT(gain(seen, "4 cores"), 1.05);
}

Explanation of_device(model::Discipline discipline) {
  model::WaitStep query{Constant{ms(10)}, model::WaitVia::kSocket};
  query.device = "database";
  scenario::Point point = batch(40, {query}, model::StrategyKind::kThreads, 16);
  point.configuration.devices = {{"spare", 4}, {"database", 2, discipline}};
  model::number_devices(point.configuration);
  return explained(point);
}

TEST(Explain, WaitsThatQueueAreBoundByTheDeviceAndMoreServersHelp) {
  const auto seen = of_device(model::Discipline::kQueue);
  EXPECT_EQ(limit(seen), Resource::kDevice);
  EXPECT_NEAR(seen.bounds.front().time, 200e6, 1);
  EXPECT_THAT(bounds_text(seen), AllOf(HasSubstr("'database' serves 2 waits at a time"),
                                       HasSubstr("only more servers, or shorter waits, help")));
  EXPECT_NEAR(gain(seen, "4 servers of database"), 2, 0.1);
  EXPECT_LT(gain(seen, "8 servers of spare"), 1.01);
  EXPECT_LT(gain(seen, "4 cores"), 1.05);
}

TEST(Explain, TransfersAreBoundByTheLinkThatTheyShare) {
  const auto seen = of_device(model::Discipline::kShared);
  EXPECT_EQ(limit(seen), Resource::kDevice);
  EXPECT_THAT(bounds_text(seen), HasSubstr("only more bandwidth, or less to move, helps"));
  EXPECT_NEAR(gain(seen, "twice the bandwidth of database"), 2, 0.1);
}

TEST(Explain, NativeCodeInThreadsIsBoundByTheCores) {
  const auto seen = explained(batch(16, {native(ms(10))}, model::StrategyKind::kThreads, 4));
  EXPECT_EQ(limit(seen), Resource::kCores);
  EXPECT_GT(gain(seen, "4 cores"), 1.8);
  EXPECT_LT(gain(seen, "processes@4"), 1.05);
}

TEST(Explain, WaitsAreBoundByTheWorkers) {
  const auto seen = explained(batch(32, {wait(ms(10))}, model::StrategyKind::kThreads, 2));
  EXPECT_EQ(limit(seen), Resource::kWorkers);
  EXPECT_GT(gain(seen, "threads@8"), 3.5);
}

TEST(Explain, AQuotaAndMemoryAreLimitsWhereTheyAreTheLeast) {
  scenario::Point point = batch(64, {native(ms(10))}, model::StrategyKind::kThreads, 2);
  point.configuration.machine.quota = model::QuotaParameters{};
  point.configuration.machine.quota->quota = ms(50);
  EXPECT_EQ(limit(explained(point)), Resource::kQuota);
  EXPECT_GT(gain(explained(point), "no CPU quota"), 2.5);

  point.configuration.machine.quota.reset();
  point.configuration.machine.memory = {{1, 10.0}};
  std::get<model::NativeStep>(point.configuration.batch.task[0]).memory = 10;
  EXPECT_EQ(limit(explained(point)), Resource::kMemory);
}

// Whatever the bound, no simulated run is faster; medians are what bounds are made of.
TEST(Explain, NoRunTakesLessThanItsLargestBound) {
  for (const auto strategy : {model::StrategyKind::kSequential, model::StrategyKind::kThreads,
                              model::StrategyKind::kProcesses}) {
    for (const int workers : {1, 2, 4}) {
      const auto seen =
          explained(batch(24, {python(ms(1)), native(ms(3)), wait(ms(5))}, strategy, workers));
      const double wall = median_of(seen.own, "wall").value();
      EXPECT_GE(wall, 0.99 * seen.bounds.front().time) << model::name_of(strategy) << workers;
    }
  }
}

TEST(Explain, AConvoyIsRecognisedAndAShortIntervalHelps) {
  const auto seen = explained(threads({{"cpu", {python(ms(1))}}, {"sleeper", {wait(ms(1))}}}));
  ASSERT_TRUE(seen.convoy);
  EXPECT_EQ(seen.convoy->waiter, "sleeper");
  EXPECT_EQ(seen.convoy->holder, "cpu");
  EXPECT_NEAR(seen.convoy->intervals, 1.0, 0.1);
  EXPECT_GT(gain(seen, "switch interval 500 µs"), 2);
  EXPECT_GT(gain(seen, "cpu in a process"), 3);
}

TEST(Explain, ThreadsThatComputeOnlyAreNoConvoy) {
  EXPECT_FALSE(explained(threads({{"a", {python(ms(1))}}, {"b", {python(ms(1))}}})).convoy);
  EXPECT_FALSE(explained(batch(4, {python(ms(50))}, model::StrategyKind::kThreads, 2)).convoy);
}

TEST(Explain, HardwareThreadsAreWorthLessThanCores) {
  model::MachineParameters machine;
  machine.cores = 8;
  EXPECT_EQ(worth_of_cores(machine, 16), 8);
  machine.threads_per_core = 2;
  machine.smt_speed = model::Estimate::exactly(0.6);
  EXPECT_EQ(worth_of_cores(machine, 4), 4);
  EXPECT_NEAR(worth_of_cores(machine, 8), 4.8, 1e-9);
  machine.threads_per_core = 1;
  machine.parallel_speed = model::Estimate::exactly(0.9);
  EXPECT_NEAR(worth_of_cores(machine, 8), 7.2, 1e-9);
}

std::vector<IllConditioned> conditions(const scenario::Point& point) {
  std::ostringstream out, err;
  host::StopFlag stop{};
  Io io{out, err, stop};
  std::vector<Prediction> predictions(1);
  mark_ill_conditioned(predictions, {point}, {1, 7, 2}, io);
  return predictions[0].ill_conditioned;
}

scenario::Point two_computing_and_a_sleeper(model::Estimate stolen) {
  scenario::Point point =
      threads({{"a", {python(ms(1))}}, {"b", {python(ms(1))}}, {"sleeper", {wait(ms(1))}}});
  point.configuration.duration = ms(1500);
  point.configuration.interpreter.signal_stolen = stolen;
  return point;
}

TEST(Conditioning, OddsThatDecideAndAreUncertainMakeAFigureIllConditioned) {
  const auto seen = conditions(two_computing_and_a_sleeper({0.75, 0.3, 0.97, 9}));
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.back().metric, "sleeper.rate");
  EXPECT_THAT(seen.back().cause, HasSubstr("odds"));
  EXPECT_LT(seen.back().at_high, seen.back().at_low);
  EXPECT_GT(moved(seen.back()), kMostMoved);
}

TEST(Conditioning, TheSameOddsKnownExactlyDoNot) {
  for (const IllConditioned& seen :
       conditions(two_computing_and_a_sleeper(model::Estimate::exactly(0.75)))) {
    EXPECT_THAT(seen.cause, Not(HasSubstr("odds"))) << seen.metric;
  }
}

TEST(Conditioning, AnOperationShorterThanAWakeUpIsARace) {
  scenario::Point point = threads({{"cpu", {python(ms(1))}}, {"quick", {native(us(3))}}});
  const auto seen = conditions(point);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].metric, "quick.rate");
  point.configuration.threads[1].program = {native(ms(3))};
  EXPECT_TRUE(conditions(point).empty());
}

TEST(Conditioning, OneThreadOneCoreOrNoLockRaceWithNobody) {
  const scenario::Point point = two_computing_and_a_sleeper({0.75, 0.3, 0.97, 9});
  EXPECT_TRUE(may_race(point.configuration));
  scenario::Point changed = point;
  changed.configuration.machine.cores = 1;
  EXPECT_FALSE(may_race(changed.configuration));
  changed = point;
  changed.configuration.lock = model::LockKind::kNone;
  EXPECT_FALSE(may_race(changed.configuration));
  EXPECT_FALSE(
      may_race(batch(4, {wait(ms(1))}, model::StrategyKind::kSequential, 1).configuration));
}

class ExplainCommand : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
  std::string race_ = folder_.write("race.yaml",
                                    "question: Who is first?\n"
                                    "threads:\n"
                                    "  cpu: {program: [{python: 1ms}]}\n"
                                    "  quick: {program: [{native: 3us}]}\n"
                                    "duration: 100ms\n");
  std::string loop_ = folder_.write("loop.yaml",
                                    "question: What bounds a loop?\n"
                                    "workload: {tasks: 2, task: [{python: 50ms}]}\n"
                                    "strategies: [sequential, threads]\n"
                                    "workers: [2]\n");
  std::string host_ =
      folder_.write("host.yaml", scenario::print_host_profile(test::round_profile()));
};

TEST_F(ExplainCommand, SaysTheLimitTheBoundsAndWhatToTryFirst) {
  const test::Ran result = ran({"explain", loop_, "--host", host_});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("threads@2 on 2 cores, CPython 3.11.2, switch interval 5 ms"),
                    HasSubstr("--point: sequential\n"), HasSubstr("The lock is the limit"),
                    HasSubstr("Try first: processes@2, "),
                    HasSubstr("Again: gilsim explain --host " + host_ +
                              " --seed 1 --replications 7 " + loop_ + "\n")));
}

TEST_F(ExplainCommand, TheTextIsTheSameForAnyNumberOfJobs) {
  const std::string one = ran({"explain", loop_, "--host", host_, "--jobs", "1"}).out;
  EXPECT_EQ(ran({"explain", loop_, "--host", host_, "--jobs", "7"}).out, one);
}

TEST_F(ExplainCommand, ARunMarksWhatARaceDecidesAndSaysWhy) {
  const test::Ran text = ran({"run", race_, "--host", host_, "--replications", "3"});
  EXPECT_THAT(text.out,
              AllOf(HasSubstr("  ill-conditioned\n"), HasSubstr("shorter than a wake-up of")));
  const auto report = nlohmann::json::parse(
      ran({"run", race_, "--host", host_, "--replications", "3", "--json", "-"}).out);
  for (const auto& point : report["points"]) {
    EXPECT_EQ(point["ill_conditioned"], point["metric"] != "cpu.rate") << point["metric"];
  }
  const test::Ran plain = ran({"run", loop_, "--host", host_, "--replications", "3"});
  EXPECT_THAT(plain.out, Not(HasSubstr("ill-conditioned")));
}

}  // namespace
}  // namespace gilsim::app
