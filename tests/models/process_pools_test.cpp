// Pools of processes message by message: multiprocessing.Pool and ProcessPoolExecutor.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/program/world.hpp"
#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
Cost exactly(Duration time) { return Cost::exactly(time); }
ChunkCost each(Duration chunk, Duration item) { return {exactly(chunk), exactly(item)}; }

constexpr std::int64_t kMiB = 1 << 20;

// Nothing costs anything, yet messages have sizes.
MessageCosts free_messages() {
  MessageCosts m;
  // A system call without the lock, however short: what lets others in while a handler looks
  // around.
  m.read = exactly(Duration::nanoseconds(1));
  m.task = {90, 5};
  m.result = {24, 18};
  m.pool.maintain = ChunkCost{};
  m.dummy = PoolCalls{};
  m.executor = ExecutorCalls{};
  m.payloads = {{1, {}, {}, {}, {}, {}}, {64, {}, {}, {}, {}, {}}};
  m.shared_memory = {{1, {}, {}, {}, {}, {}}};
  return m;
}

MessageCosts usual_messages() {
  MessageCosts m = free_messages();
  m.write = m.read = exactly(us(1));
  for (PoolCalls* const calls : {&m.pool, &*m.dummy}) {
    calls->submit = exactly(us(3));
    calls->feed = each(us(5), Duration::nanoseconds(60));
    calls->work = each(us(7), us(1));
    calls->collect = each(us(3), Duration::nanoseconds(200));
    calls->result = exactly(us(1));
  }
  m.pool.maintain = each(us(8), us(2));
  ExecutorCalls& e = *m.executor;
  e.submit = each(us(9), Duration::nanoseconds(300));
  e.enqueue = exactly(us(5));
  e.feed = each(us(9), Duration::nanoseconds(200));
  e.rest = exactly(us(1));
  e.work = each(us(15), us(1));
  e.wait = exactly(us(6));
  e.wait_per_worker = exactly(us(1));
  e.wakeup = exactly(us(5));
  e.collect = each(us(15), Duration::nanoseconds(400));
  e.result = exactly(us(3));
  const Cost mib = exactly(us(200)), large = exactly(ms(20));
  m.payloads = {{1, mib, mib, mib, mib, mib}, {64, large, large, large, large, large}};
  m.shared_memory = {{1, mib, mib, exactly(us(30)), mib, mib}};
  return m;
}

Configuration pool(StrategyKind strategy, int workers, int tasks, Duration task) {
  Configuration c = free_machine(2);
  c.interpreter.messages = usual_messages();
  PoolParameters start;
  start.create = start.create_per_worker = start.worker_ready = start.shutdown = exactly(ms(1));
  start.worker_exit = exactly(us(100));
  start.heap = HeapCosts{exactly(ms(20)), exactly(ms(40))};
  c.interpreter.pools.fork = c.interpreter.pools.spawn = start;
  c.batch = {tasks, {PythonStep{Constant{task}, {}}}};
  c.strategy = strategy;
  c.workers = workers;
  return c;
}

Outcome run(const Configuration& c) { return simulate(c, 1, 0).outcome; }

class EachPool : public ::testing::TestWithParam<StrategyKind> {
 protected:
  static Configuration configured(int workers, int tasks, Duration task) {
    return pool(GetParam(), workers, tasks, task);
  }
};

INSTANTIATE_TEST_SUITE_P(ProcessPools, EachPool,
                         ::testing::Values(StrategyKind::kProcesses,
                                           StrategyKind::kProcessExecutor),
                         [](const auto& instance) { return std::string(name_of(instance.param)); });

// The law checker of simulate() sees to it that each task is done once.
TEST_P(EachPool, DoesEachTaskOnceHoweverItIsUsed) {
  for (const PoolPattern pattern :
       {PoolPattern::kMap, PoolPattern::kImap, PoolPattern::kImapUnordered, PoolPattern::kSubmit,
        PoolPattern::kOneByOne}) {
    for (const StartMethod method : {StartMethod::kFork, StartMethod::kSpawn}) {
      for (const int chunk : {0, 3, 50}) {
        for (const int most : {0, 1, 2}) {
          for (const std::int64_t payload :
               {std::int64_t{0}, std::int64_t{2000}, std::int64_t{100'000}}) {
            Configuration c = configured(3, 17, us(100));
            c.interpreter.version = "3.14.7";  // before, an executor may hang: see below
            c.start_method = method;
            c.pool = {pattern, chunk, most};
            c.batch.payload = {{payload}, {payload / 2}};
            c.batch.handle = {PythonStep{Constant{us(10)}, {}}};
            const Outcome outcome = run(c);
            ASSERT_EQ(outcome.threads[0].operations, 17)
                << name_of(pattern) << ' ' << name_of(method) << ' ' << chunk << ' ' << most << ' '
                << payload;
          }
        }
      }
    }
  }
}

TEST_P(EachPool, IsAsFastAsItsWorkersWhereNothingElseCosts) {
  Configuration c = configured(2, 40, ms(5));
  c.machine.cores = 4;  // some for the parent's threads: they take no worker's
  c.interpreter.messages = free_messages();
  c.interpreter.pools.fork = PoolParameters{};
  c.pool.chunk_size = 1;
  // A turn of a Pool's worker handler always costs something.
  EXPECT_NEAR(run(c).wall.in_seconds(), 0.1, 1e-5);
}

TEST_P(EachPool, LargerChunksOfShortTasksCostLess) {
  Configuration c = configured(2, 2000, us(2));
  std::vector<Duration> walls;
  for (const int chunk : {1, 4, 16, 64}) {
    c.pool.chunk_size = chunk;
    walls.push_back(run(c).wall);
  }
  EXPECT_TRUE(std::is_sorted(walls.rbegin(), walls.rend()));
  EXPECT_GT(walls[0], walls[3] * 3);
}

TEST_P(EachPool, AForkTakesLongerInProportionToTheHeap) {
  Configuration c = configured(3, 3, us(100));
  c.machine.cores = 8;
  const Duration small = run(c).wall;
  c.batch.heap = {1024 * kMiB};
  const Duration large = run(c).wall;
  EXPECT_GE(large - small, ms(3 * 20 + 40) - ms(1)) << "three starts and an end";
  EXPECT_LE(large - small, ms(3 * 20 + 3 * 40));
}

TEST_P(EachPool, APayloadTakesAtLeastWhatItsPicklingAndReadingTake) {
  Configuration c = configured(1, 4, us(10));
  c.pool.chunk_size = 1;
  const Duration bare = run(c).wall;
  c.batch.payload.argument = {64 * kMiB};
  EXPECT_GE(run(c).wall - bare, ms(20) * 4 * 2) << "the reader reads, keeps, unpickles";
}

TEST_P(EachPool, APayloadThatTakesMinutesIsNotTakenForADeadlock) {
  Configuration c = configured(1, 1, us(1));
  const Cost slow = exactly(ms(1000));
  c.interpreter.messages->payloads = {{64, slow, slow, slow, slow, slow}};
  c.batch.payload.argument = {1024 * kMiB};
  EXPECT_GT(run(c).wall, Duration::seconds(62));
}

TEST_P(EachPool, SharedMemorySparesThePipe) {
  Configuration c = configured(2, 8, us(10));
  c.machine.cores = 4;  // some for the parent's threads, so that they are in nobody's way
  c.interpreter.messages->shared_memory.front().create = exactly(us(20));
  c.interpreter.messages->shared_memory.front().touch = exactly(us(20));
  c.batch.payload.argument = {kMiB};
  const Duration pickled = run(c).wall;
  c.batch.payload.via = PayloadVia::kSharedMemory;
  EXPECT_LT(run(c).wall, pickled);
}

TEST_P(EachPool, AParentThatComputesHoldsUpTheResults) {
  Configuration c = configured(2, 20, ms(1));
  c.pool.chunk_size = 1;
  c.pool.pattern = GetParam() == StrategyKind::kProcesses ? PoolPattern::kImap : PoolPattern::kMap;
  const Duration idle = run(c).wall;
  c.batch.handle = {NativeStep{Constant{ms(3)}, LockMode::kHeld}};
  EXPECT_GE(run(c).wall, ms(20 * 3));
  EXPECT_LT(idle, ms(20 * 3));
}

TEST_P(EachPool, RoundTripsOneByOneLeaveTheOtherWorkersIdle) {
  Configuration c = configured(2, 20, ms(2));
  c.pool.chunk_size = 1;
  const Duration together = run(c).wall;
  c.pool.pattern = PoolPattern::kOneByOne;
  EXPECT_GE(run(c).wall, ms(2 * 20));
  EXPECT_LT(together, ms(2 * 20));
}

int processes_of(const Configuration& c) {
  struct Counting final : Spectator {
    void begins(const World&) override {}
    void ends(const World& world) override { processes = static_cast<int>(world.locks().size()); }
    void on_event(const sim::Event&) override {}
    int processes = 0;
  } counting;
  simulate(c, 1, 0, Laws::kChecked, &counting);
  return counting.processes - 1;  // but for the parent
}

TEST_P(EachPool, WorkersAreReplacedAfterSoManyChunks) {
  Configuration c = configured(2, 20, ms(1));
  c.interpreter.version = "3.14.7";
  c.start_method = StartMethod::kSpawn;
  c.pool.chunk_size = 1;
  c.pool.max_tasks_per_child = 5;
  EXPECT_GE(processes_of(c), 4);
  EXPECT_LE(processes_of(c), 6);
}

// With cores to spare each message wakes somebody on an idle one, and its writer pays for that.
TEST_P(EachPool, WhoIsWokenByAMessageIsPaidForBeforeItsWriterWaitsForTheLock) {
  Configuration c = configured(4, 400, us(500));
  c.interpreter.version = "3.14.7";
  c.machine.cores = 8;
  c.machine.waker_cost = exactly(us(7));
  c.machine.context_switch = exactly(us(2));
  for (const StartMethod method : {StartMethod::kFork, StartMethod::kSpawn}) {
    for (const int most : {0, 25}) {
      c.start_method = method;
      c.pool = {PoolPattern::kMap, 1, most};
      EXPECT_EQ(run(c).threads[0].operations, 400) << name_of(method) << ' ' << most;
    }
  }
}

TEST(ProcessExecutor, ForkStartsAllWorkersAndSpawnOneForEachSubmitWhileNoneIsIdle) {
  Configuration c = pool(StrategyKind::kProcessExecutor, 8, 2, ms(1));
  EXPECT_EQ(processes_of(c), 8);
  c.start_method = StartMethod::kSpawn;
  EXPECT_EQ(processes_of(c), 2);
}

// Seen to hang for real with 3.11.7 and to end with 3.14.7: two workers of two calls each, nine
// calls.
TEST(ProcessExecutor, RunsOutOfWorkersBefore3_14AndSaysSo) {
  Configuration c = pool(StrategyKind::kProcessExecutor, 2, 9, ms(1));
  c.start_method = StartMethod::kSpawn;
  c.pool.max_tasks_per_child = 2;
  try {
    run(c);
    ADD_FAILURE() << "it ended";
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("hangs (cpython #115634"));
  }
  c.interpreter.version = "3.14.7";
  EXPECT_EQ(run(c).threads[0].operations, 9);
}

TEST(ProcessExecutor, ATaskAtATimeKeepsOneWorkerUnderSpawn) {
  Configuration c = pool(StrategyKind::kProcessExecutor, 8, 12, ms(1));
  c.start_method = StartMethod::kSpawn;
  c.pool.pattern = PoolPattern::kOneByOne;
  EXPECT_EQ(processes_of(c), 1);
}

// FACTS of CPython: Pool._map_async divides by four times the workers, Executor.map sends singly.
TEST(ChunkSize, IsThePoolsOwnUnlessStated) {
  Configuration c = pool(StrategyKind::kProcesses, 4, 100, ms(1));
  EXPECT_EQ(chunk_size_of(c), 7);
  c.pool.pattern = PoolPattern::kImap;
  EXPECT_EQ(chunk_size_of(c), 1);
  c.pool.chunk_size = 9;
  EXPECT_EQ(chunk_size_of(c), 9);
  c.pool.pattern = PoolPattern::kSubmit;
  EXPECT_EQ(chunk_size_of(c), 1) << "apply_async takes one";
  c.strategy = StrategyKind::kProcessExecutor;
  c.pool = {};
  EXPECT_EQ(chunk_size_of(c), 1);
  c.strategy = StrategyKind::kThreads;
  c.pool.chunk_size = 9;
  EXPECT_EQ(chunk_size_of(c), 1) << "a ThreadPoolExecutor ignores it";
}

TEST(StartMethodDefault, IsThatOfTheVersionAndTheKernel) {
  EXPECT_EQ(default_start_method("3.13.9", "6.18"), StartMethod::kFork);
  EXPECT_EQ(default_start_method("3.14.0", "6.18"), StartMethod::kForkserver);
  EXPECT_EQ(default_start_method("3.14.0", "XNU"), StartMethod::kSpawn);
  EXPECT_EQ(default_start_method("3.7.1", "Darwin 20"), StartMethod::kFork);
}

TEST(DummyPool, IsOneLockForTasksAndHandlers) {
  Configuration c = pool(StrategyKind::kDummyPool, 4, 24, ms(5));
  EXPECT_GE(run(c).wall, ms(24 * 5));
  c.batch.task = {WaitStep{Constant{ms(5)}, WaitVia::kSleep}};
  EXPECT_LT(run(c).wall, ms(24 * 5 / 3));
}

TEST(DummyPool, HandlesResultsWhenAllAreThere) {
  Configuration c = pool(StrategyKind::kDummyPool, 2, 8, ms(1));
  const Duration bare = run(c).wall;
  c.batch.handle = {PythonStep{Constant{ms(2)}, {}}};
  EXPECT_EQ(run(c).wall, bare + ms(16));
}

TEST(ThreadPerTask, ComputesNoFasterAndWaitsAllAtOnce) {
  Configuration c = pool(StrategyKind::kThreadEach, 1, 10, ms(3));
  EXPECT_EQ(run(c).wall, ms(30));
  c.batch.task = {WaitStep{Constant{ms(50)}, WaitVia::kSleep}};
  EXPECT_EQ(run(c).wall, ms(50));
}

// Thread.start() waits for its child, which must win the lock from those that compute.
TEST(ThreadPerTask, EachStartAmongComputingThreadsWaitsAboutAnInterval) {
  Configuration c = pool(StrategyKind::kThreadEach, 1, 4, ms(100));
  c.batch.handle = {};
  std::vector<Duration> ends = run(c).threads[0].latencies;
  EXPECT_EQ(run(c).wall, ms(400));
  EXPECT_GT(*std::max_element(ends.begin(), ends.end()), ms(300));
}

}  // namespace
}  // namespace gilsim::model
