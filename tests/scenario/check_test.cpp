#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace gilsim::scenario {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kThreads =
    "question: What if?\nthreads:\n  cpu: {program: [python: 1ms]}\n"
    "  sleeper: {program: [wait: 1ms]}\n";

TEST(Check, WorkloadAndThreadsExcludeEachOther) {
  EXPECT_EQ(complaint(kThreads + "workload: {tasks: 2, task: [python: 2ms]}\n"),
            "test.yaml:2:1: error: a scenario has either a 'workload' or 'threads', not both\n"
            "  threads:\n"
            "  ^\n"
            "  hint: remove one of them");
}

TEST(Check, OneOfWorkloadAndThreadsIsNeeded) {
  EXPECT_EQ(
      complaint("question: What if?\n"),
      "test.yaml:1:1: error: neither 'workload' nor 'threads'\n"
      "  question: What if?\n"
      "  ^\n"
      "  hint: workload: a batch of equal tasks; stages: tasks that wait for others; threads: "
      "explicit threads by name");
}

TEST(Check, WorkloadNeedsStrategies) {
  EXPECT_THAT(complaint("question: What if?\nworkload: {tasks: 2, task: [python: 2ms]}\n"),
              StartsWith("test.yaml:2:1: error: a 'workload' needs 'strategies'\n"));
}

TEST(Check, KeysOfTheOtherKindHaveNoMeaning) {
  for (const char* line : {"strategies: [threads]", "workers: [1]", "start_method: fork"}) {
    EXPECT_THAT(complaint(kThreads + line + "\n"),
                HasSubstr("test.yaml:5:1: error: '" + std::string(line).substr(0, 7)));
  }
  for (const char* line : {"together: [[a]]", "duration: 2s"}) {
    EXPECT_THAT(complaint(std::string(line) + "\n" + batch_of("python: 1ms")),
                HasSubstr("' has no meaning beside 'workload'\n"));
  }
}

TEST(Check, OnlyThreadsThatWaitThemselvesCountSinceTheRound) {
  const std::string wait = "wait: {time: 1ms, since: round}";
  const auto program = [](const std::string& steps, const std::string& more = "") {
    return "question: What if?\nthreads:\n  one: {program: [" + steps + "]" + more + "}\n";
  };
  EXPECT_NO_THROW(read_scenario_text(program(wait), "test.yaml"));
  EXPECT_THAT(complaint(batch_of(wait)),
              HasSubstr("'since: round' has a meaning only in the programs of named 'threads'\n"));
  EXPECT_THAT(complaint(batch_of("python: 1ms") + "  handle: [" + wait + "]\n"),
              HasSubstr("'since: round' has a meaning only in the programs of named 'threads'\n"));
  EXPECT_THAT(complaint(program(wait, ", coroutines: 2")),
              HasSubstr("'since: round' is not known to an event loop's coroutines\n"));
  EXPECT_THAT(complaint(program("wait: {time: 1ms, via: socket, since: round}")),
              HasSubstr("with 'since: round' nothing is asked of anybody\n"));
}

TEST(Check, WorkersAreOneByDefault) {
  EXPECT_EQ(read_scenario_text(batch_of("python: 1ms"), "test.yaml").workers, std::vector{1});
}

TEST(Check, TogetherNamesThreadsThatExist) {
  EXPECT_EQ(complaint(kThreads + "together: [[cpu, sleper]]\n"),
            "test.yaml:5:18: error: no thread is named 'sleper'\n"
            "  together: [[cpu, sleper]]\n"
            "                   ^\n"
            "  hint: did you mean 'sleeper'?");
}

TEST(Check, SameThreadsTogetherTwiceAreRefused) {
  EXPECT_THAT(complaint(kThreads + "together: [[cpu, sleeper], [sleeper, cpu]]\n"),
              HasSubstr("test.yaml:5:28: error: the same threads run together twice"));
  EXPECT_THAT(complaint(kThreads + "together: [[cpu, cpu]]\n"),
              HasSubstr("test.yaml:5:18: error: 'together' has 'cpu' twice"));
}

TEST(Check, ThreadNamesAreFreeOfWhatLabelsAndMetricsUse) {
  for (const char* name : {"a+b", "a.b", "a b", "\"\""}) {
    EXPECT_THAT(
        complaint("question: a\nthreads:\n  " + std::string(name) + ": {program: [python: 1ms]}\n"),
        HasSubstr("test.yaml:3:3: error: '"));
  }
}

TEST(Check, ExpectedLabelIsThatOfAPoint) {
  EXPECT_EQ(complaint("expect: {threads@3: {wall: {max: 3}}}\nworkers: [2, 4]\n" +
                      batch_of("python: 1ms")),
            "test.yaml:1:10: error: no point of this scenario is labelled 'threads@3'\n"
            "  expect: {threads@3: {wall: {max: 3}}}\n"
            "           ^\n"
            "  hint: did you mean 'threads@2'?");
  EXPECT_EQ(complaint("expect: {threads@4: {wall: {max: 3}}}\nworkers: [2, 4]\n" +
                      batch_of("python: 1ms")),
            "fine");
  EXPECT_EQ(complaint(kThreads + "expect: {cpu+sleeper: {sleeper.p99: {max: 0.02}}}\n"), "fine");
}

TEST(Check, ExpectedMetricIsKnown) {
  EXPECT_EQ(complaint("expect: {threads@1: {sped: {max: 3}}}\n" + batch_of("python: 1ms")),
            "test.yaml:1:22: error: unknown metric 'sped'\n"
            "  expect: {threads@1: {sped: {max: 3}}}\n"
            "                       ^\n"
            "  hint: known metrics: wall, speedup, cpu");
  EXPECT_THAT(complaint(kThreads + "together: [[cpu]]\nexpect: {cpu: {sleeper.p99: {max: 2}}}\n"),
              HasSubstr("unknown metric 'sleeper.p99'"));
}

TEST(Check, ExpectedRangeHasAnEndAndIsNotEmpty) {
  EXPECT_THAT(complaint("expect: {threads@1: {wall: {}}}\n" + batch_of("python: 1ms")),
              HasSubstr("'wall' needs min, max or both"));
  EXPECT_THAT(
      complaint("expect: {threads@1: {wall: {min: 2, max: 1}}}\n" + batch_of("python: 1ms")),
      HasSubstr("'wall' needs min <= max"));
}

TEST(Check, TimesThatCannotBeAddedUpAreRefused) {
  EXPECT_EQ(complaint("question: a\nstrategies: [threads]\n"
                      "workload: {tasks: 1e7, task: [wait: 24h]}\n"),
            "test.yaml:3:11: error: the tasks would take more than three years in all\n"
            "  workload: {tasks: 1e7, task: [wait: 24h]}\n"
            "            ^\n"
            "  hint: fewer tasks, or shorter ones");
}

TEST(Check, ThreadsOfTheMemoryCurveRise) {
  EXPECT_EQ(complaint("machine:\n  memory:\n    - {threads: 4, bandwidth: 30}\n"
                      "    - {threads: 4, bandwidth: 40}\n" +
                      batch_of("native: 1ms")),
            "test.yaml:4:17: error: the threads of 'memory' must rise\n"
            "      - {threads: 4, bandwidth: 40}\n"
            "                  ^\n"
            "  hint: this one comes after 4");
}

TEST(Check, AHybridSaysHowManyThreadsEachProcessHasAndNobodyElseDoes) {
  const std::string rest = "question: a\nworkload: {tasks: 1, task: [python: 1ms]}\n";
  EXPECT_EQ(complaint("strategies: [hybrid]\n" + rest),
            "test.yaml:1:1: error: the strategy 'hybrid' needs to know how many threads each "
            "process has\n"
            "  strategies: [hybrid]\n"
            "  ^\n"
            "  hint: add threads_each: 4, or leave the strategy out");
  EXPECT_THAT(complaint("strategies: [threads]\nthreads_each: 2\n" + rest),
              HasSubstr("test.yaml:2:1: error: 'threads_each' has no meaning without"));
}

TEST(Check, WhatASharedObjectNeeds) {
  EXPECT_THAT(complaint(batch_of("python: {loops: 5, shares: x}")),
              HasSubstr("'shares' needs a 'time'"));
  EXPECT_THAT(complaint(batch_of("python: {time: 5ms, shares: \"\"}")),
              HasSubstr("'shares' is empty"));
}

}  // namespace
}  // namespace gilsim::scenario
