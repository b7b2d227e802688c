// What a scenario says of pools and payloads, and what is refused before anything starts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"
#include "sample_profile.hpp"
#include "scenario/byte_count.hpp"

namespace gilsim::scenario {
namespace {

using model::StrategyKind;
using testing::HasSubstr;

TEST(ByteCountText, IsExactInPowersOf1024And1000) {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"1B", 1}, {"64KiB", 65536}, {"1.5MiB", 1572864}, {"200MiB", 209715200}, {"1GiB", 1 << 30},
      {"0B", 0}, {"2KB", 2000},    {"1.25MB", 1250000}, {"3GB", 3000000000}};
  for (const auto& [text, bytes] : cases) {
    model::ByteCount read;
    EXPECT_FALSE(read_byte_count(text, read)) << text;
    EXPECT_EQ(read.value, bytes) << text;
    model::ByteCount again;
    EXPECT_FALSE(read_byte_count(format_byte_count(read), again)) << text;
    EXPECT_EQ(again, read);
  }
}

TEST(ByteCountText, AnythingElseIsRefusedWithTheWayOut) {
  const std::pair<const char*, const char*> cases[] = {
      {"64", "has no unit"},
      {"64kb", "has an unknown unit 'kb'"},
      {"MiB", "is not a number of bytes"},
      {"-1B", "is not a number of bytes"},
      {"1.MiB", "is not a number of bytes"},
      {"0.3B", "is no whole number of bytes"},
      {"01KiB", "has a leading zero"},
      {"12345678901234567890B", "has too many digits"},
      {"1 MiB", "has an unknown unit ' MiB'"},
      {"1.2.3MiB", "is not a number of bytes"}};
  for (const auto& [text, message] : cases) {
    model::ByteCount read;
    EXPECT_EQ(read_byte_count(text, read).message, message) << text;
  }
}

// The sample profile's 3.11.2, with all that pools can cost; 3.9.2 beside it; 4 GiB.
model::HostProfile profile() {
  model::HostProfile host = read_host_profile_text(kSampleProfile, "host.yaml");
  host.interpreters.resize(1);
  host.machine.ram = 4;
  model::InterpreterParameters& python = host.interpreters[0];
  python.pools.fork->heap = model::HeapCosts{};
  model::MessageCosts messages;
  messages.pool.maintain = model::ChunkCost{};
  messages.dummy = model::PoolCalls{};
  messages.executor = model::ExecutorCalls{};
  messages.payloads = {{1, {}, {}, {}, {}, {}}};
  messages.shared_memory = {{1, {}, {}, {}, {}, {}}};
  python.messages = messages;
  host.interpreters.push_back(python);
  host.interpreters[1].version = "3.9.2";
  return host;
}

std::string complaint_of(const std::string& text, const model::HostProfile& host) {
  try {
    expand(read_scenario_text(text, "test.yaml"), host, "test.yaml");
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "fine";
}
std::string complaint_of(const std::string& text) { return complaint_of(text, profile()); }

std::string batch(const std::string& workload, const std::string& lines) {
  return "question: What if?\nworkload: {tasks: 100, task: [python: 1ms]" + workload + "}\n" +
         lines;
}

TEST(Pools, EveryKeyArrivesInTheConfiguration) {
  const auto points = expand(
      read_scenario_text(
          batch(", argument: 1MiB, result: 64KiB, via: shared_memory, heap: 200MiB, "
                "handle: [python: 2ms]",
                "strategies: [process_executor]\nstart_method: spawn\n"
                "pool: {pattern: submit, chunk_size: 16, max_tasks_per_child: 25}\n"),
          "test.yaml"),
      [] {
        model::HostProfile host = profile();
        host.interpreters[0].pools.spawn->heap = model::HeapCosts{};
        return host;
      }(),
      "test.yaml");
  const model::Configuration& c = points[0].configuration;
  EXPECT_EQ(points[0].label(), "process_executor@1");
  EXPECT_EQ(c.pool.pattern, model::PoolPattern::kSubmit);
  EXPECT_EQ(c.pool.chunk_size, 16);
  EXPECT_EQ(c.pool.max_tasks_per_child, 25);
  EXPECT_EQ(c.batch.payload.argument.value, 1 << 20);
  EXPECT_EQ(c.batch.payload.result.value, 65536);
  EXPECT_EQ(c.batch.payload.via, model::PayloadVia::kSharedMemory);
  EXPECT_EQ(c.batch.heap.value, 200 << 20);
  EXPECT_EQ(c.batch.handle.size(), 1u);
  EXPECT_EQ(c.start_method, model::StartMethod::kSpawn);
}

TEST(Pools, ThreadPerTaskHasNoNumberOfWorkers) {
  const auto points = expand(
      read_scenario_text(batch("", "strategies: [thread_per_task, dummy_pool]\nworkers: [2, 4]\n"),
                         "test.yaml"),
      profile(), "test.yaml");
  ASSERT_EQ(points.size(), 3u);
  EXPECT_EQ(points[0].label(), "thread_per_task");
  EXPECT_EQ(points[1].label(), "dummy_pool@2");
}

TEST(Pools, PoolOptionsMayBeSetByPath) {
  const Scenario scenario =
      read_scenario_text(batch("", "strategies: [processes]\npool: {chunk_size: 2}\n"), "test.yaml",
                         {"pool.chunk_size=16"});
  EXPECT_EQ(scenario.pool.chunk_size, 16);
}

TEST(Pools, ZeroOfAnythingIsRefused) {
  for (const char* line :
       {"workers: [0]", "pool: {chunk_size: 0}", "pool: {max_tasks_per_child: 0}"}) {
    EXPECT_THAT(complaint_of(batch("", "strategies: [processes]\n" + std::string(line) + "\n")),
                HasSubstr("must be at least 1, not 0"))
        << line;
  }
}

TEST(Pools, MoreProcessesThanASystemHasNumbersForAreRefused) {
  EXPECT_EQ(complaint_of(batch("", "strategies: [processes]\nworkers: [40000]\n")),
            "test.yaml:4:10: error: a pool of 40000 processes\n"
            "  workers: [40000]\n"
            "           ^\n"
            "  hint: a system has 32768 process numbers by default; at most 32000");
}

TEST(Pools, APayloadLargerThanTheMemoryIsRefused) {
  EXPECT_EQ(complaint_of(batch(", result: 100MiB", "strategies: [processes]\n")),
            "test.yaml:2:53: error: the tasks need 9.7 GiB of memory, the machine has 4.0\n"
            "  workload: {tasks: 100, task: [python: 1ms], result: 100MiB}\n"
            "                                                      ^\n"
            "  hint: fewer tasks, or smaller ones: heap, argument (for each task with "
            "shared_memory) and the results of all tasks count");
  EXPECT_EQ(complaint_of(batch(", argument: 100MiB", "strategies: [processes]\n")), "fine");
  EXPECT_THAT(
      complaint_of(batch(", argument: 100MiB, via: shared_memory", "strategies: [processes]\n")),
      HasSubstr("need 9.7 GiB"));
  EXPECT_THAT(complaint_of(batch(", heap: 5GiB", "strategies: [processes]\n")),
              HasSubstr("heap: 5GiB}\n"));
}

TEST(Pools, AnExecutorRefusesToReplaceForkedWorkersAndOldOnesCant) {
  const std::string lines = "strategies: [process_executor]\npool: {max_tasks_per_child: 25}\n";
  EXPECT_EQ(complaint_of(batch("", lines)),
            "test.yaml:4:29: error: a ProcessPoolExecutor refuses max_tasks_per_child under start "
            "method 'fork'\n"
            "  pool: {max_tasks_per_child: 25}\n"
            "                              ^\n"
            "  hint: set start_method to forkserver or spawn");
  EXPECT_EQ(complaint_of(batch("", lines + "start_method: spawn\n")), "fine");
  EXPECT_THAT(complaint_of(batch("", lines + "interpreter: {version: \"3.9\"}\n")),
              HasSubstr("a ProcessPoolExecutor of 3.9.2 has no max_tasks_per_child"));
  EXPECT_THAT(complaint_of(batch("", "strategies: [threads]\npool: {max_tasks_per_child: 25}\n")),
              HasSubstr("has no meaning without a pool of processes"));
}

TEST(Pools, AnExecutorHasNoImapAndThreadsMapOnly) {
  EXPECT_THAT(complaint_of(batch("", "strategies: [process_executor]\npool: {pattern: imap}\n")),
              HasSubstr("a ProcessPoolExecutor has no 'imap'"));
  EXPECT_THAT(complaint_of(batch("", "strategies: [threads]\npool: {pattern: submit}\n")),
              HasSubstr("the strategy 'threads' is modelled with pattern 'map' only"));
}

TEST(Pools, WhatTheProfileDoesNotKnowIsRefused) {
  model::HostProfile host = profile();
  for (auto& python : host.interpreters) {
    python.messages.reset();
    python.pools.fork->heap.reset();
  }
  const std::pair<std::string, const char*> cases[] = {
      {batch("", "strategies: [process_executor]\n"), "no costs of a ProcessPoolExecutor"},
      {batch("", "strategies: [dummy_pool]\n"), "no costs of a multiprocessing.dummy.Pool"},
      {batch(", heap: 1MiB", "strategies: [processes]\n"), "does not know what a heap costs"},
      {batch(", result: 1MiB", "strategies: [processes]\n"), "to carry payloads"},
      {batch(", handle: [python: 1ms]", "strategies: [processes]\n"), "only as a whole"},
      {batch("", "strategies: [processes]\npool: {pattern: imap}\n"), "only as a whole"},
  };
  for (const auto& [text, message] : cases) {
    EXPECT_THAT(complaint_of(text, host), HasSubstr(message));
    EXPECT_EQ(complaint_of(text), "fine") << message;
  }
  EXPECT_EQ(complaint_of(batch("", "strategies: [processes]\n"), host), "fine");
}

TEST(Pools, ChunkSizeIsStatedInOnePlace) {
  EXPECT_THAT(
      complaint_of(batch(", chunk_size: 3", "strategies: [processes]\npool: {chunk_size: 3}\n")),
      HasSubstr("'chunk_size' is there twice"));
}

}  // namespace
}  // namespace gilsim::scenario
