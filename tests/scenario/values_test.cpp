#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace gilsim::scenario {
namespace {

using testing::HasSubstr;

model::Step step_of(const std::string& text) {
  return read_scenario_text(batch_of(text), "test.yaml").workload->task.at(0);
}

model::Distribution time_of(const std::string& text) {
  return std::visit([](const auto& step) { return step.time; }, step_of(text));
}

TEST(Steps, ShortAndLongFormsMeanTheSame) {
  EXPECT_EQ(std::get<model::Constant>(time_of("python: 2ms")).value,
            sim::Duration::milliseconds(2));
  EXPECT_EQ(std::get<model::Constant>(time_of("python: {time: 2ms}")).value,
            sim::Duration::milliseconds(2));
  for (const char* text : {"wait: {lognormal: {mean: 20ms, cv: 0.5}}",
                           "wait: {time: {lognormal: {mean: 20ms, cv: 0.5}}, via: sleep}"}) {
    const auto lognormal = std::get<model::Lognormal>(time_of(text));
    EXPECT_EQ(lognormal.mean, sim::Duration::milliseconds(20));
    EXPECT_EQ(lognormal.cv, 0.5);
    EXPECT_EQ(std::get<model::WaitStep>(step_of(text)).via, model::WaitVia::kSleep);
  }
}

TEST(Steps, KeysOfTheLongFormAreRead) {
  EXPECT_EQ(std::get<model::NativeStep>(step_of("native: 5ms")).lock, model::LockMode::kReleased);
  EXPECT_EQ(std::get<model::NativeStep>(step_of("native: {time: 5ms, lock: held}")).lock,
            model::LockMode::kHeld);
  EXPECT_EQ(std::get<model::WaitStep>(step_of("wait: {time: 5ms, via: socket}")).via,
            model::WaitVia::kSocket);
}

TEST(Steps, EveryDistributionIsRead) {
  const auto uniform = std::get<model::Uniform>(time_of("python: {uniform: {min: 1ms, max: 2ms}}"));
  EXPECT_EQ(uniform.min, sim::Duration::milliseconds(1));
  EXPECT_EQ(uniform.max, sim::Duration::milliseconds(2));
  EXPECT_EQ(std::get<model::Exponential>(time_of("wait: {exponential: {mean: 2ms}}")).mean,
            sim::Duration::milliseconds(2));
  EXPECT_EQ(
      std::get<model::Hyperexponential>(time_of("wait: {hyperexponential: {mean: 2ms, cv: 3}}")).cv,
      3);
  EXPECT_EQ(std::get<model::Empirical>(time_of("wait: {empirical: [1ms, 2ms, 1ms]}")).samples,
            (std::vector{sim::Duration::milliseconds(1), sim::Duration::milliseconds(2),
                         sim::Duration::milliseconds(1)}));
}

TEST(Steps, RecordedTimesAreReadAndNeedOne) {
  EXPECT_EQ(std::get<model::Recorded>(time_of("python: {recorded: [1ms, 0ms]}")).samples,
            (std::vector{sim::Duration::milliseconds(1), sim::Duration{}}));
}

TEST(Steps, LoopsMayBeGroupedOrHaveAnExponent) {
  for (const char* loops : {"50000000", "50_000_000", "5e7", "5E+7", "0.5e8", "50000000.0"}) {
    const auto step = step_of("python: {loops: " + std::string(loops) + "}");
    EXPECT_EQ(std::get<model::PythonStep>(step).loops, 50'000'000) << loops;
  }
}

TEST(Steps, LoopsAreFromOneToATrillion) {
  EXPECT_EQ(complaint(batch_of("python: {loops: 1}")), "fine");
  EXPECT_EQ(complaint(batch_of("python: {loops: 1e12}")), "fine");
  EXPECT_THAT(complaint(batch_of("python: {loops: 0}")),
              HasSubstr("'loops' must be at least 1, not 0"));
  EXPECT_THAT(complaint(batch_of("python: {loops: 1_000_000_000_001}")),
              HasSubstr("'loops' must be at most 1000000000000, not 1_000_000_000_001"));
  EXPECT_THAT(complaint(batch_of("python: {loops: 1e30}")), HasSubstr("'1e30' is too large"));
}

struct BadStep {
  const char* step;
  const char* complaint;
};

TEST(Steps, WhatCannotBeMeantIsRefused) {
  const std::vector<BadStep> cases{
      {"python: {loops: 5, time: 2ms}",
       "6:16: error: 'python' takes a time or a number of loops, not both"},
      {"python: {}", "6:15: error: an empty mapping where a distribution is needed"},
      {"python: [2ms]", "6:15: error: 'python' needs a duration or a distribution, not a list"},
      {"python: {loops: 1.5}", "6:23: error: 'loops': '1.5' is not a whole number"},
      {"python: {loops: 0x10}", "6:23: error: 'loops': '0x10' is not a whole number"},
      {"python: {loops: \"5\"}", "6:23: error: 'loops' needs a whole number, not text"},
      {"native: {lock: held}", "6:15: error: missing key 'time' in 'native'"},
      {"native: {time: 1ms, lock: hold}", "6:33: error: 'lock' can't be 'hold'"},
      {"wait: {exponential: {mean: 2ms}, via: udp}",
       "6:14: error: beside other keys, 'exponential' belongs under 'time'"},
      {"wait: {exponental: {mean: 2ms}}", "6:14: error: unknown key 'exponental'"},
      {"wait: {exponential: {mean: 2ms}, uniform: {min: 1ms, max: 2ms}}",
       "6:40: error: a distribution has one key, 'uniform' is a further one"},
      {"wait: {lognormal: {mean: 2ms, cv: .nan}}", "6:41: error: 'cv': '.nan' is not a finite"},
      {"wait: {lognormal: {mean: 2ms, cv: 1e999}}", "6:41: error: 'cv': '1e999' is outside"},
      {"wait: {hyperexponential: {mean: 2ms, cv: 0.5}}",
       "6:48: error: 'cv' must be at least 1, not 0.5"},
      {"wait: {recorded: []}", "6:24: error: 'recorded' is an empty list"},
      {"wait: {empirical: []}", "6:25: error: 'empirical' is an empty list"},
      {"wait: 25h", "6:13: error: 'wait' must be at most 24h, not 25h"},
      {"{python: 1ms, wait: 1ms}", "6:21: error: a step has one key, 'wait' is a further one"},
      {"sleep", "6:7: error: 'task' needs a step: python, native, wait and its time"},
  };
  for (const BadStep& bad : cases) {
    EXPECT_THAT(complaint(batch_of(bad.step)), HasSubstr(bad.complaint)) << bad.step;
  }
}

TEST(Values, OneOrManyTakesBoth) {
  const auto read = [](const std::string& machine) {
    return read_scenario_text("machine: " + machine + "\n" + batch_of("python: 1ms"), "test.yaml")
        .machine.cores.values;
  };
  EXPECT_EQ(read("{cores: 2}"), std::vector{2});
  EXPECT_EQ(read("{cores: [2, 1]}"), (std::vector{2, 1}));
  EXPECT_EQ(read("{}"), std::vector<int>{});
}

TEST(Values, ListWithoutItemsOrWithOneTwiceIsRefused) {
  const std::string batch = batch_of("python: 1ms");
  EXPECT_THAT(complaint("machine: {cores: []}\n" + batch),
              HasSubstr("1:18: error: 'cores' is an empty list"));
  EXPECT_THAT(complaint("workers: [1, 2, 1]\n" + batch),
              HasSubstr("1:17: error: 'workers' has '1' twice"));
  EXPECT_THAT(complaint("workload: {tasks: 2, task: []}\nquestion: a\nstrategies: [threads]\n"),
              HasSubstr("'task' is an empty list"));
}

TEST(Values, SameValueSpeltTwoWaysIsStillTwice) {
  const std::string batch = batch_of("python: 1ms");
  EXPECT_THAT(complaint("workers: [10, 1e1]\n" + batch), HasSubstr("'workers' has '1e1' twice"));
  EXPECT_THAT(complaint("interpreter: {switch_interval: [1ms, 1000us]}\n" + batch),
              HasSubstr("'switch_interval' has '1000us' twice"));
}

}  // namespace
}  // namespace gilsim::scenario
