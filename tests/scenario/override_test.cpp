#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace gilsim::scenario {
namespace {

using testing::HasSubstr;

const std::string kBatch = batch_of("python: 2ms\nwait: {time: 5ms, via: udp}");
const std::string kThreads =
    "question: What if?\nthreads:\n  cpu: {program: [python: 1ms]}\n"
    "  io: {program: [wait: 1ms]}\nexpect: {cpu+io: {io.rate: {min: 3}}}\n";

Scenario read(const std::string& text, const std::vector<std::string>& overrides) {
  return read_scenario_text(text, "test.yaml", overrides);
}

TEST(Override, SetsAKeyOfTheFile) {
  EXPECT_EQ(read(kBatch, {"workload.tasks=7"}).workload->tasks, 7);
  EXPECT_EQ(
      std::get<model::WaitStep>(read(kBatch, {"workload.task[1].wait.via=pipe"}).workload->task[1])
          .via,
      model::WaitVia::kPipe);
  const Scenario threads = read(kThreads, {"threads.cpu.program[0].python={loops: 5}"});
  EXPECT_EQ(std::get<model::PythonStep>(threads.threads[0].second.program[0]).loops, 5);
}

TEST(Override, SetsADeclaredKeyWhoseParentTheFileLacks) {
  EXPECT_EQ(read(kBatch, {"machine.cores=[1, 2]"}).machine.cores.values, (std::vector{1, 2}));
  EXPECT_EQ(read(kBatch, {"workers=[3]"}).workers, std::vector{3});
}

TEST(Override, LastOneWins) {
  EXPECT_EQ(read(kBatch, {"workload.tasks=7", "workload.tasks=8"}).workload->tasks, 8);
}

TEST(Override, QuotedPartsMayContainDots) {
  const Scenario scenario = read(kThreads, {"expect.'cpu+io'.\"io.rate\".max=9"});
  EXPECT_EQ(scenario.expect[0].second[0].second.max, 9);
}

TEST(Override, VersionNeedsNoQuotesOnTheCommandLine) {
  EXPECT_EQ(read(kBatch, {"interpreter.version=3.10"}).interpreter.version.values,
            std::vector<std::string>{"3.10"});
}

TEST(Override, UnknownKeyIsNamedInTheOverrideWithASuggestion) {
  EXPECT_EQ(complaint(kBatch, {"interpreter.switch_intervall=1ms"}),
            "--set:1:13: error: unknown key 'switch_intervall'\n"
            "  interpreter.switch_intervall=1ms\n"
            "              ^\n"
            "  hint: did you mean 'switch_interval'?");
}

TEST(Override, BadValueIsMarkedInTheOverride) {
  EXPECT_EQ(complaint(kBatch, {"workload.task[0].python=5"}),
            "--set:1:25: error: 'python': '5' has no unit\n"
            "  workload.task[0].python=5\n"
            "                          ^\n"
            "  hint: write 5ms");
}

TEST(Override, AddsNoThreadAndNoLabel) {
  EXPECT_EQ(complaint(kThreads, {"threads.cpuu.program=[python: 1ms]"}),
            "--set:1:9: error: 'threads' has no 'cpuu'\n"
            "  threads.cpuu.program=[python: 1ms]\n"
            "          ^\n"
            "  hint: did you mean 'cpu'?");
}

struct BadOverride {
  const char* text;
  const char* complaint;
};

TEST(Override, WhatIsNoOverrideIsRefusedWithItsPlace) {
  const std::vector<BadOverride> cases{
      {"workers", "--set:1:8: error: no '=' in the override"},
      {"", "--set:1:1: error: a key is missing in the override"},
      {"=3", "--set:1:1: error: a key is missing in the override"},
      {"machine..cores=3", "--set:1:9: error: a key is missing in the override"},
      {"workload.task[x]=3", "--set:1:14: error: an index is a number in brackets"},
      {"workload.task[99999999999999999999]=3", "--set:1:14: error: an index is a number"},
      {"workload.task[0]python=3", "--set:1:17: error: '.', '[' or '=' expected"},
      {"workload.task[2].python=3ms", "--set:1:14: error: 'workload.task' has 2 items"},
      {"workload.tasks[0]=3", "--set:1:15: error: 'workload.tasks' is not a list"},
      {"workload.task[0].python.loops=3",
       "--set:1:25: error: 'workload.task[0].python' has no keys"},
      {"workload.task.python=3ms", "--set:1:15: error: 'workload.task' has no keys"},
      {"'workers=3", "--set:1:1: error: a quote that does not end"},
      {"workers=", "--set:1:9: error: no value after the '='"},
      {"workers=[1, 2", "error: not valid YAML"},
      {"workers=[1]\nhost=x", "--set:1:1: error: an override is one line"},
      {"threads.cpu.program=[python: 1ms]",
       "--set:1:1: error: a scenario has either a 'workload' or 'threads', not both"},
  };
  for (const BadOverride& bad : cases) {
    EXPECT_THAT(complaint(kBatch, {bad.text}), HasSubstr(bad.complaint)) << bad.text;
  }
}

TEST(Override, ErrorsOfTheFileComeFirst) {
  EXPECT_EQ(complaint(batch_of("python: 5"), {"workload.tasks=0"}),
            "test.yaml:6:15: error: 'python': '5' has no unit\n"
            "      - python: 5\n"
            "                ^\n"
            "  hint: write 5ms\n"
            "--set:1:16: error: 'tasks' must be at least 1, not 0\n"
            "  workload.tasks=0\n"
            "                 ^");
}

TEST(Override, MendsAnErrorOfTheFile) {
  EXPECT_EQ(complaint(batch_of("python: 5"), {"workload.task[0].python=5ms"}), "fine");
}

}  // namespace
}  // namespace gilsim::scenario
