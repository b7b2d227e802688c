// The driver under every CPython that this host has, free-threaded builds too: what holds for the
// system's python3 (execute_test.cpp) holds for the version with another lock, clock or pool.
#include <gmock/gmock.h>

#include "host/interpreters.hpp"
#include "tests/host/execute_fixture.hpp"

namespace gilsim::host {
namespace {

using model::StartMethod;
using model::StrategyKind;
using model::WaitVia;

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
