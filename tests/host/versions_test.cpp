// The driver under every CPython that this host has, free-threaded builds too: what holds for the
// system's python3 (execute_test.cpp) holds for the version with another lock, clock or pool.
#include <gmock/gmock.h>

#include "host/host_error.hpp"
#include "host/interpreters.hpp"
#include "models/program/interpreter_version.hpp"
#include "tests/host/execute_fixture.hpp"

namespace gilsim::host {
namespace {

using model::StartMethod;
using model::StrategyKind;
using model::WaitVia;
using ::testing::HasSubstr;

const auto kMillisecond = sim::Duration::milliseconds(1);

std::vector<InstalledInterpreter> cpythons() {
  std::vector<InstalledInterpreter> found;
  for (const auto& one : find_interpreters()) {
    if (one.implementation == "cpython") found.push_back(one);
  }
  return found;
}

bool is_2_7(const InstalledInterpreter& interpreter) {
  return interpreter.version.rfind("2.7", 0) == 0;
}

std::vector<model::Step> every_kind_of_step() {
  return {model::PythonStep{constant(kMillisecond), {}},
          model::NativeStep{constant(kMillisecond), model::LockMode::kHeld},
          model::WaitStep{constant(kMillisecond), WaitVia::kSleep},
          model::WaitStep{constant(kMillisecond), WaitVia::kSocket},
          model::WaitStep{constant(kMillisecond), WaitVia::kPipe},
          model::WaitStep{constant(kMillisecond), WaitVia::kFile},
          model::WaitStep{constant(kMillisecond), WaitVia::kUdp}};
}

TEST(EveryInstalledVersion, RunsABatchOnThreads) {
  auto configuration = batch_of(4, every_kind_of_step());
  configuration.strategy = StrategyKind::kThreads;
  configuration.workers = 2;
  for (const InstalledInterpreter& interpreter : cpythons()) {
    SCOPED_TRACE(interpreter.path);
    const model::Outcome outcome = execute(configuration, interpreter, 1, 0);
    EXPECT_EQ(outcome.threads.at(0).operations, 4);
    EXPECT_GE(outcome.wall, kMillisecond * 10);  // two tasks a worker, five waits each
  }
}

TEST(EveryInstalledVersion, RunsABatchOnProcessesThatStartAfresh) {
  auto configuration = batch_of(4, every_kind_of_step());
  configuration.strategy = StrategyKind::kProcesses;
  configuration.workers = 2;
  for (const InstalledInterpreter& interpreter : cpythons()) {
    SCOPED_TRACE(interpreter.path);
    configuration.start_method = is_2_7(interpreter) ? StartMethod::kFork : StartMethod::kSpawn;
    EXPECT_EQ(execute(configuration, interpreter, 1, 0).threads.at(0).operations, 4);
  }
}

std::string refusal_of(const model::Configuration& configuration,
                       const InstalledInterpreter& interpreter) {
  try {
    execute(configuration, interpreter, 1, 0);
  } catch (const HostError& error) {
    return error.what();
  }
  return "ran";
}

TEST(EveryInstalledVersion, RunsABatchOnAnEventLoopOrSaysSinceWhenThereIsOne) {
  std::vector<model::Step> steps = {
      model::PythonStep{constant(kMillisecond), {}},
      model::WaitStep{constant(kMillisecond), WaitVia::kSleep},
      model::WaitStep{constant(kMillisecond), WaitVia::kSocket},
      model::WaitStep{constant(kMillisecond), WaitVia::kUdp},
      model::WaitStep{constant(kMillisecond), WaitVia::kPipe, true},
      model::NativeStep{constant(kMillisecond), model::LockMode::kHeld, 0, true}};
  auto configuration = batch_of(6, steps);
  configuration.strategy = StrategyKind::kAsyncio;
  configuration.workers = 3;
  for (const InstalledInterpreter& interpreter : cpythons()) {
    SCOPED_TRACE(interpreter.path);
    if (!model::has_asyncio(interpreter.version)) {
      EXPECT_THAT(refusal_of(configuration, interpreter), HasSubstr("use Python 3.7 or later"));
      continue;
    }
    const model::Outcome outcome = execute(configuration, interpreter, 1, 0);
    EXPECT_EQ(outcome.threads.at(0).operations, 6);
    EXPECT_GE(outcome.wall, kMillisecond * 8);  // two tasks one after the other, four waits each
  }
}

TEST(EveryInstalledVersion, RunsABatchOnSubInterpretersOrSaysSinceWhenTheyHaveALock) {
  auto configuration = batch_of(4, {model::PythonStep{constant(kMillisecond), {}},
                                    model::WaitStep{constant(kMillisecond), WaitVia::kSleep}});
  configuration.strategy = StrategyKind::kInterpreters;
  configuration.workers = 2;
  for (const InstalledInterpreter& interpreter : cpythons()) {
    SCOPED_TRACE(interpreter.path);
    if (!model::has_isolated_interpreters(interpreter.version)) {
      EXPECT_THAT(refusal_of(configuration, interpreter), HasSubstr("use Python 3.12 or later"));
      continue;
    }
    EXPECT_EQ(execute(configuration, interpreter, 1, 0).threads.at(0).operations, 4);
  }
}

TEST(EveryInstalledVersion, RunsAnEventLoopBesideAThreadThatComputes) {
  auto configuration = tiny_configuration();
  configuration.duration = kMillisecond * 100;
  configuration.threads = {
      {"cpu", {model::PythonStep{constant(kMillisecond), {}}}},
      {"loop", {model::WaitStep{constant(kMillisecond), WaitVia::kSleep}}, "", 1, 5}};
  for (const InstalledInterpreter& interpreter : cpythons()) {
    if (!model::has_asyncio(interpreter.version)) continue;
    SCOPED_TRACE(interpreter.path);
    const model::Outcome outcome = execute(configuration, interpreter, 1, 0);
    ASSERT_EQ(outcome.threads.size(), 2U);
    EXPECT_EQ(outcome.threads[1].name, "loop");
    EXPECT_GT(outcome.threads[1].operations, 0);
    EXPECT_LE(outcome.threads[1].operations, 5 * 100);
  }
}

TEST(EveryInstalledVersion, RunsNamedThreadsWhoseWaitsLastAsLongAsAsked) {
  auto configuration = tiny_configuration();
  configuration.duration = kMillisecond * 100;
  configuration.threads = {{"cpu", {model::PythonStep{constant(kMillisecond), {}}}},
                           {"io", {model::WaitStep{constant(kMillisecond), WaitVia::kUdp}}}};
  for (const InstalledInterpreter& interpreter : cpythons()) {
    SCOPED_TRACE(interpreter.path);
    const model::Outcome outcome = execute(configuration, interpreter, 1, 0);
    ASSERT_EQ(outcome.threads.size(), 2U);
    EXPECT_EQ(outcome.threads[0].name, "cpu");
    EXPECT_EQ(outcome.threads[1].name, "io");
    EXPECT_LE(outcome.threads[1].operations, 101);  // a wait is no shorter than asked for
  }
}

}  // namespace
}  // namespace gilsim::host
