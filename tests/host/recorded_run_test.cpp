#include "host/recorded_run.hpp"

#include <gtest/gtest.h>

#include "tests/host/execute_fixture.hpp"
#include "tests/host/record_fixture.hpp"

namespace gilsim::host {
namespace {

using RecordedRun = Recording;

model::Configuration of_version(model::Configuration configuration, const std::string& version) {
  configuration.interpreter.version = version;
  return configuration;
}

TEST_F(RecordedRun, SeesTheLockChangeHandsAmongThreadsThatCompute) {
  auto configuration = tiny_configuration();
  configuration.switch_interval = sim::Duration::milliseconds(1);
  configuration.duration = sim::Duration::milliseconds(300);
  configuration.threads = {{"one", {model::PythonStep{{}, 500}}},
                           {"other", {model::PythonStep{{}, 500}}}};
  EXPECT_GE(count_handovers(configuration, interpreters().front(), 1, 0), 1);
}

// The main thread's own: it lets go when it has started the clock, and may be back before its end.
TEST_F(RecordedRun, SeesHardlyAnyWhereOneThreadIsAlone) {
  auto configuration = tiny_configuration();
  configuration.duration = sim::Duration::milliseconds(20);
  configuration.threads = {{"one", {model::PythonStep{{}, 500}}}};
  EXPECT_LE(count_handovers(configuration, interpreters().front(), 1, 0), 3);
}

TEST(CountableHandovers, AreThoseOfThreadsThatShareALockTheRecorderKnows) {
  auto batch = of_version(batch_of(3, {model::PythonStep{{}, 500}}), "3.7.16");
  EXPECT_FALSE(can_count_handovers(batch)) << "sequential";
  batch.strategy = model::StrategyKind::kProcesses;
  EXPECT_FALSE(can_count_handovers(batch));
  batch.strategy = model::StrategyKind::kThreads;
  EXPECT_TRUE(can_count_handovers(batch));
  EXPECT_FALSE(can_count_handovers(of_version(batch, "3.6.15")));
  EXPECT_FALSE(can_count_handovers(of_version(batch, "2.7.18")));
  EXPECT_TRUE(can_count_handovers(of_version(batch, "3.14.0")));
  batch.interpreter.free_threaded = true;
  EXPECT_FALSE(can_count_handovers(batch));
}

}  // namespace
}  // namespace gilsim::host
