// A strategy that an interpreter can't run is refused before anything starts, with the way out.
#include "scenario/strategy_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample_profile.hpp"
#include "scenario/read.hpp"

namespace gilsim::scenario {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string complaint_about(const std::string& text) {
  try {
    expand(read_scenario_text(text, "test.yaml"),
           read_host_profile_text(kSampleProfile, "host.yaml"), "test.yaml");
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "fine";
}

std::string batch(const std::string& strategies, const std::string& version,
                  const std::string& task = "python: 1ms") {
  return "question: What if?\ninterpreter: {version: \"" + version +
         "\"}\nworkload: {tasks: 9, task: [" + task + "]}\nstrategies: [" + strategies + "]\n";
}

TEST(StrategySupport, AsyncioNeedsAVersionThatHasIt) {
  const std::string error = complaint_about(batch("threads, asyncio", "3.1"));
  EXPECT_THAT(error, StartsWith("test.yaml:4:23: error: interpreter 3.1.5 can't run the strategy "
                                "'asyncio'"));
  EXPECT_THAT(error, HasSubstr("choose 3.7 or later"));
}

TEST(StrategySupport, AsyncioNeedsAProfileThatKnowsItsCosts) {
  EXPECT_THAT(complaint_about(batch("asyncio", "3.11")), HasSubstr("calibrate the host anew"));
}

TEST(StrategySupport, InterpretersNeedAVersionWhereEachHasALock) {
  const std::string error = complaint_about(batch("interpreters", "3.11"));
  EXPECT_THAT(error, StartsWith("test.yaml:4:14: error: interpreter 3.11.2 can't run the strategy "
                                "'interpreters'"));
  EXPECT_THAT(error, HasSubstr("choose 3.12 or later, or use processes"));
}

TEST(StrategySupport, WhatTheProfileKnowsIsNotRefused) {
  model::InterpreterParameters interpreter;
  interpreter.version = "3.14.0";
  interpreter.asyncio.emplace();
  interpreter.interpreters.emplace();
  for (const auto& [strategy, name] : model::EnumNames<model::StrategyKind>::values) {
    EXPECT_FALSE(refusal_of(strategy, interpreter)) << name;
  }
}

TEST(StrategySupport, ThereIsNothingToAwaitAPipeOrAFileWith) {
  for (const std::string via : {"pipe", "file"}) {
    const std::string error =
        complaint_about(batch("asyncio", "3.11", "wait: {time: 1ms, via: " + via + "}"));
    EXPECT_THAT(error, StartsWith("test.yaml:3:52: error: asyncio has no way to await such a wait"))
        << error;
    EXPECT_THAT(error, HasSubstr("add `to_thread: true`"));
  }
}

TEST(StrategySupport, AThreadCanWaitForAPipeInItsPlace) {
  EXPECT_THAT(
      complaint_about(batch("asyncio", "3.11", "wait: {time: 1ms, via: pipe, to_thread: true}")),
      testing::Not(HasSubstr("await")));
}

std::string loop(const std::string& version, const std::string& wait) {
  return "question: What if?\ninterpreter: {version: \"" + version +
         "\"}\nthreads:\n  loop: {program: [wait: " + wait + "], coroutines: 3}\n";
}

TEST(StrategySupport, CoroutinesOfANamedThreadNeedTheSame) {
  EXPECT_THAT(complaint_about(loop("3.1", "1ms")), StartsWith("test.yaml:4:"));
  EXPECT_THAT(complaint_about(loop("3.1", "1ms")), HasSubstr("choose 3.7 or later"));
  EXPECT_THAT(complaint_about(loop("3.11", "1ms")), HasSubstr("calibrate the host anew"));
  EXPECT_THAT(complaint_about(loop("3.11", "{time: 1ms, via: pipe}")),
              HasSubstr("asyncio has no way to await such a wait"));
}

}  // namespace
}  // namespace gilsim::scenario
