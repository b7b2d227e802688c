#include "host/execute.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "host/driver_job.hpp"
#include "tests/host/execute_fixture.hpp"

namespace gilsim::host {
namespace {

using model::StartMethod;
using model::StrategyKind;
using model::WaitVia;
using ::testing::Each;
using ::testing::Gt;

const auto kMillisecond = sim::Duration::milliseconds(1);
const InstalledInterpreter kSystem{"/usr/bin/python3", "3", "cpython", false, "system"};

std::vector<std::int64_t> counts_of(const std::vector<sim::Duration>& durations) {
  std::vector<std::int64_t> counts;
  for (const auto duration : durations) counts.push_back(duration.count());
  return counts;
}

void expect_well_formed_batch(const model::Outcome& outcome, int tasks) {
  EXPECT_GT(outcome.wall.count(), 0);
  EXPECT_GT(outcome.cpu.count(), 0);
  EXPECT_GE(outcome.voluntary_switches, 0);
  EXPECT_GE(outcome.involuntary_switches, 0);
  EXPECT_EQ(outcome.lock_handovers, -1);
  EXPECT_EQ(outcome.forced_drops, -1);
  ASSERT_EQ(outcome.threads.size(), 1u);
  EXPECT_EQ(outcome.threads[0].name, "task");
  EXPECT_EQ(outcome.threads[0].operations, tasks);
  ASSERT_EQ(outcome.threads[0].latencies.size(), static_cast<std::size_t>(tasks));
  EXPECT_THAT(counts_of(outcome.threads[0].latencies), Each(Gt(0)));
  EXPECT_LE(
      *std::max_element(outcome.threads[0].latencies.begin(), outcome.threads[0].latencies.end()),
      outcome.wall);
}

class EachStrategy : public ::testing::TestWithParam<std::pair<StrategyKind, StartMethod>> {};

TEST_P(EachStrategy, DoesEveryTaskOnceWithEveryKindOfStep) {
  auto configuration =
      batch_of(5, {model::PythonStep{constant(kMillisecond), {}}, model::PythonStep{{}, 100},
                   model::PythonStep{constant(kMillisecond), {}, "counter"},
                   model::NativeStep{constant(kMillisecond)},
                   model::NativeStep{constant(kMillisecond), model::LockMode::kHeld},
                   model::WaitStep{constant(kMillisecond), WaitVia::kSleep},
                   model::WaitStep{constant(kMillisecond), WaitVia::kSocket},
                   model::WaitStep{constant(kMillisecond), WaitVia::kPipe},
                   model::WaitStep{constant(kMillisecond), WaitVia::kFile},
                   model::WaitStep{constant(kMillisecond), WaitVia::kUdp}});
  std::tie(configuration.strategy, configuration.start_method) = GetParam();
  configuration.workers = 2;
  configuration.threads_each = 2;
  configuration.switch_interval = sim::Duration::milliseconds(2);
  expect_well_formed_batch(execute(configuration, kSystem, 1, 0), 5);
}

INSTANTIATE_TEST_SUITE_P(
    Execute, EachStrategy,
    ::testing::Values(std::pair{StrategyKind::kSequential, StartMethod::kFork},
                      std::pair{StrategyKind::kThreads, StartMethod::kFork},
                      std::pair{StrategyKind::kProcesses, StartMethod::kFork},
                      std::pair{StrategyKind::kProcesses, StartMethod::kForkserver},
                      std::pair{StrategyKind::kProcesses, StartMethod::kSpawn},
                      std::pair{StrategyKind::kHybrid, StartMethod::kFork},
                      std::pair{StrategyKind::kHybrid, StartMethod::kSpawn},
                      std::pair{StrategyKind::kThreadEach, StartMethod::kFork},
                      std::pair{StrategyKind::kDummyPool, StartMethod::kFork},
                      std::pair{StrategyKind::kProcessExecutor, StartMethod::kFork},
                      std::pair{StrategyKind::kProcessExecutor, StartMethod::kForkserver},
                      std::pair{StrategyKind::kProcessExecutor, StartMethod::kSpawn}),
    [](const auto& instance) {
      const std::string strategy = name_of(instance.param.first);
      return model::is_process_strategy(instance.param.first)
                 ? strategy + "_" + name_of(instance.param.second)
                 : strategy;
    });

class EachGraph : public ::testing::TestWithParam<StrategyKind> {};

TEST_P(EachGraph, IsDoneInTheOrderThatItsStagesSay) {
  const auto sleep = [](int milliseconds) {
    return model::WaitStep{constant(sim::Duration::milliseconds(milliseconds)), WaitVia::kSleep};
  };
  auto configuration = batch_of(7, {sleep(20), sleep(20), sleep(20)});
  configuration.batch.stages = {{"split", 1, 1}, {"map", 5, 1, {0}}, {"reduce", 1, 1, {1}, {}}};
  configuration.strategy = GetParam();
  configuration.workers = 5;
  const model::Outcome outcome = execute(configuration, kSystem, 1, 0);
  expect_well_formed_batch(outcome, 7);
  EXPECT_GE(outcome.wall, sim::Duration::milliseconds(60));
}

INSTANTIATE_TEST_SUITE_P(Execute, EachGraph,
                         ::testing::Values(StrategyKind::kSequential, StrategyKind::kThreads,
                                           StrategyKind::kThreadEach, StrategyKind::kProcesses,
                                           StrategyKind::kProcessExecutor, StrategyKind::kAsyncio),
                         [](const auto& instance) { return std::string(name_of(instance.param)); });

TEST(Execute, ALinkGivesNoMoreThanItsBandwidthToAllWhoShareIt) {
  model::WaitStep wait{constant(sim::Duration::milliseconds(20)), WaitVia::kSocket};
  wait.device = "link";
  auto configuration = batch_of(6, {wait});
  configuration.devices = {{"other", 9}, {"link", 2, model::Discipline::kShared}};
  model::number_devices(configuration);
  configuration.strategy = StrategyKind::kThreads;
  configuration.workers = 6;
  EXPECT_GE(execute(configuration, kSystem, 1, 0).wall, sim::Duration::milliseconds(60));
}

class EachDevice : public ::testing::TestWithParam<WaitVia> {};

TEST_P(EachDevice, ServesNoMoreAtATimeThanItHasServers) {
  model::WaitStep wait{constant(sim::Duration::milliseconds(20)), GetParam()};
  wait.device = "pool";
  auto configuration = batch_of(6, {wait});
  configuration.devices = {{"other", 9}, {"pool", 2}};
  model::number_devices(configuration);
  configuration.strategy = StrategyKind::kThreads;
  configuration.workers = 6;
  EXPECT_GE(execute(configuration, kSystem, 1, 0).wall, sim::Duration::milliseconds(60));
}

INSTANTIATE_TEST_SUITE_P(Execute, EachDevice,
                         ::testing::Values(WaitVia::kSocket, WaitVia::kUdp, WaitVia::kPipe,
                                           WaitVia::kFile),
                         [](const auto& instance) { return std::string(name_of(instance.param)); });

class EachWait : public ::testing::TestWithParam<WaitVia> {};

TEST_P(EachWait, TakesAtLeastItsTime) {
  const auto outcome = execute(
      batch_of(3, {model::WaitStep{constant(kMillisecond * 3), GetParam()}}), kSystem, 1, 0);
  expect_well_formed_batch(outcome, 3);
  EXPECT_THAT(counts_of(outcome.threads[0].latencies), Each(Gt(2'990'000)));
}

TEST_P(EachWait, OfNoTimeIsAnsweredAtOnce) {
  expect_well_formed_batch(
      execute(batch_of(20, {model::WaitStep{constant({}), GetParam()}}), kSystem, 1, 0), 20);
}

INSTANTIATE_TEST_SUITE_P(Execute, EachWait,
                         ::testing::Values(WaitVia::kSleep, WaitVia::kSocket, WaitVia::kPipe,
                                           WaitVia::kFile, WaitVia::kUdp),
                         [](const auto& instance) { return name_of(instance.param); });

TEST(Execute, ManyMoreWaitingThreadsThanCoresAllGetTheirAnswer) {
  auto configuration = batch_of(300, {model::WaitStep{constant(kMillisecond), WaitVia::kPipe},
                                      model::WaitStep{constant(kMillisecond), WaitVia::kSocket}});
  configuration.strategy = StrategyKind::kThreads;
  configuration.workers = 100;
  expect_well_formed_batch(execute(configuration, kSystem, 1, 0), 300);
}

TEST(Execute, ASequentialRunTakesAtLeastTheSumOfItsTasks) {
  const auto outcome = execute(
      batch_of(10, {model::WaitStep{constant(kMillisecond), WaitVia::kSleep}}), kSystem, 1, 0);
  const auto& latencies = outcome.threads[0].latencies;
  EXPECT_GE(outcome.wall, std::accumulate(latencies.begin(), latencies.end(), sim::Duration()));
}

TEST(Execute, LoopingThreadsReportOneLatencyAnOperation) {
  auto configuration = tiny_configuration();
  configuration.duration = sim::Duration::milliseconds(150);
  configuration.threads = {
      {"cpu", {model::PythonStep{{}, 500}}},
      {"sleeper", {model::WaitStep{constant(kMillisecond), WaitVia::kSleep}}},
      {"echo", {model::WaitStep{constant({}), WaitVia::kUdp}}},
      {"long", {model::WaitStep{constant(sim::Duration::seconds(50)), WaitVia::kPipe}}}};
  const auto outcome = execute(configuration, kSystem, 1, 0);
  EXPECT_EQ(outcome.wall, configuration.duration);
  EXPECT_GT(outcome.cpu.count(), 0);
  ASSERT_EQ(outcome.threads.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& thread = outcome.threads[i];
    EXPECT_EQ(thread.name, configuration.threads[i].name);
    EXPECT_EQ(thread.operations, static_cast<std::int64_t>(thread.latencies.size()));
    EXPECT_THAT(counts_of(thread.latencies), Each(Gt(0)));
    EXPECT_GE(thread.cpu.count(), 0);
  }
  EXPECT_GT(outcome.threads[0].operations, 0);
  EXPECT_GT(outcome.threads[0].cpu.count(), 0);
  EXPECT_GT(outcome.threads[1].operations, 0);
  EXPECT_GT(outcome.threads[2].operations, 0);
  EXPECT_EQ(outcome.threads[3].operations, 0);
}

TEST(Execute, AWaitSinceTheRoundIsOverThenAndLatencyCountsFromThere) {
  auto configuration = tiny_configuration();
  configuration.duration = sim::Duration::milliseconds(150);
  model::WaitStep request{constant(kMillisecond * 10)};
  request.since = model::WaitSince::kRound;
  const model::Step work = model::WaitStep{constant(kMillisecond * 8), WaitVia::kSleep};
  configuration.threads = {{"server", {work, request}}};
  const auto thread = execute(configuration, kSystem, 1, 0).threads[0];
  EXPECT_GT(thread.operations, 0);
  EXPECT_THAT(counts_of(thread.latencies), Each(Gt(0)));
  const auto late =
      std::accumulate(thread.latencies.begin(), thread.latencies.end(), sim::Duration());
  EXPECT_LE(late + kMillisecond * 10 * (thread.operations - 1), configuration.duration);
}

TEST(DriverJob, TheSameSeedAndReplicationGiveTheSameWork) {
  const auto configuration =
      batch_of(50, {model::PythonStep{model::Exponential{kMillisecond}, {}}});
  const auto job = make_driver_job(configuration, 7, 3).text;
  EXPECT_EQ(job, make_driver_job(configuration, 7, 3).text);
  EXPECT_NE(job, make_driver_job(configuration, 7, 4).text);
  EXPECT_NE(job, make_driver_job(configuration, 8, 3).text);
}

TEST(DriverJob, AStepThatATaskLacksIsBelowZero) {
  const auto job = make_driver_job(
      batch_of(3, {model::PythonStep{model::Recorded{{kMillisecond, {}, kMillisecond}}, {}}}), 1,
      0);
  EXPECT_THAT(job.text, testing::HasSubstr(R"("amounts":[20000,-1,20000])"));
  EXPECT_EQ(job.nominal, kMillisecond * 2);
}

TEST(DriverJob, NominalTimesBecomeWorkByTheRatesAndConstantsAreOneNumber) {
  const auto job = make_driver_job(
      batch_of(9, {model::PythonStep{constant(kMillisecond), {}}, model::PythonStep{{}, 12'345},
                   model::NativeStep{constant(kMillisecond)},
                   model::NativeStep{constant(kMillisecond), model::LockMode::kHeld},
                   model::WaitStep{constant(kMillisecond), WaitVia::kUdp}}),
      1, 0);
  EXPECT_EQ(job.text, R"({"chunk_size":1,"protocol":1,"start_method":"fork","steps":[)"
                      R"({"amounts":20000,"kind":"python"},{"amounts":12345,"kind":"python"},)"
                      R"({"amounts":2000,"kind":"released"},{"amounts":100000,"kind":"held"},)"
                      R"({"amounts":1000000,"kind":"udp"}],"strategy":"sequential",)"
                      R"("switch_interval":5000000,"tasks":9,"workers":1})");
}

class EachPattern : public ::testing::TestWithParam<std::pair<StrategyKind, model::PoolPattern>> {};

TEST_P(EachPattern, CarriesPayloadsBothWaysAndHandlesResults) {
  for (const auto via : {model::PayloadVia::kPickle, model::PayloadVia::kSharedMemory}) {
    auto configuration = batch_of(6, {model::PythonStep{{}, 100}});
    std::tie(configuration.strategy, configuration.pool.pattern) = GetParam();
    configuration.workers = 2;
    configuration.start_method = StartMethod::kSpawn;
    // An executor of 3.11 hangs when all its workers have done what they may (cpython #115634).
    const bool is_executor = configuration.strategy == StrategyKind::kProcessExecutor;
    configuration.pool.max_tasks_per_child = is_executor ? 0 : 2;
    configuration.batch.payload = {{100'000}, {70'000}, via};
    configuration.batch.handle = {model::PythonStep{{}, 100}};
    configuration.batch.heap = {1 << 20};
    expect_well_formed_batch(execute(configuration, kSystem, 1, 0), 6);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Execute, EachPattern,
    ::testing::Values(std::pair{StrategyKind::kProcesses, model::PoolPattern::kMap},
                      std::pair{StrategyKind::kProcesses, model::PoolPattern::kImap},
                      std::pair{StrategyKind::kProcesses, model::PoolPattern::kImapUnordered},
                      std::pair{StrategyKind::kProcesses, model::PoolPattern::kSubmit},
                      std::pair{StrategyKind::kProcesses, model::PoolPattern::kOneByOne},
                      std::pair{StrategyKind::kProcessExecutor, model::PoolPattern::kMap},
                      std::pair{StrategyKind::kProcessExecutor, model::PoolPattern::kSubmit},
                      std::pair{StrategyKind::kProcessExecutor, model::PoolPattern::kOneByOne}),
    [](const auto& instance) {
      return std::string(name_of(instance.param.first)) + "_" + name_of(instance.param.second);
    });

}  // namespace
}  // namespace gilsim::host
