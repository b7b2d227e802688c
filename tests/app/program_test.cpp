#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "host/calibrate.hpp"
#include "host/interpreters.hpp"
#include "scenario/read.hpp"
#include "tests/app/child.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::Child;

const char* const kLong =
    "question: How long?\n"
    "machine: {cores: 1}\n"
    "workload:\n"
    "  tasks: 4\n"
    "  task:\n"
    "    - wait: 100ms\n"
    "strategies: [threads, processes]\n"
    "workers: [2]\n";

class Interruption : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const auto found = host::find_interpreters();
    ASSERT_FALSE(found.empty()) << "real runs need a python3";
    host_ = folder_.write("this.yaml", scenario::print_host_profile(test::round_profile(
                                           found.front().version, host::this_host())));
  }

  test::TemporaryFolder folder_;
  std::string long_ = folder_.write("long.yaml", kLong);
  std::string host_;
};

TEST_P(Interruption, EndsEveryChildAndKeepsTheRunsSoFar) {
  const std::string report_path = folder_.path("report.json");
  Child child(
      {GILSIM_PROGRAM, "measure", long_, "--host", host_, "--runs", "1000", "--json", report_path},
      Child::Output::kRead);
  ASSERT_TRUE(child.wait_for_error("round 3 of 1000")) << child.error();
  child.send(GetParam());
  EXPECT_EQ(child.finish(), 130) << child.error();
  EXPECT_TRUE(child.marked_processes().empty());
  const json report = json::parse(test::read_text(report_path));
  EXPECT_EQ(report["interrupted"], true);
  for (const json& point : report["points"]) EXPECT_GE(point["measured"]["runs"], 2);
  EXPECT_EQ(report["points"].size(), 4U);
  EXPECT_EQ(folder_.names(), (std::vector<std::string>{"long.yaml", "report.json", "this.yaml"}));
}

INSTANTIATE_TEST_SUITE_P(BothSignals, Interruption, testing::Values(SIGINT, SIGTERM));

TEST(Program, WhileItRunsItsChildrenCarryTheMarkThatTheTestAboveLooksFor) {
  const test::TemporaryFolder folder;
  const auto found = host::find_interpreters();
  ASSERT_FALSE(found.empty());
  const std::string scenario = folder.write("long.yaml", kLong);
  const std::string profile = folder.write(
      "this.yaml",
      scenario::print_host_profile(test::round_profile(found.front().version, host::this_host())));
  Child child({GILSIM_PROGRAM, "measure", scenario, "--host", profile, "--runs", "1000"},
              Child::Output::kRead);
  ASSERT_TRUE(child.wait_for_error("round 2 of 1000")) << child.error();
  std::size_t most = 0;
  for (int i = 0; i < 1000 && most < 2; ++i) {
    most = std::max(most, child.marked_processes().size());
  }
  EXPECT_GE(most, 2U);
  child.send(SIGINT);
  EXPECT_EQ(child.finish(), 130);
}

TEST(Program, AClosedPipeIsAnErrorAndNotASignal) {
  Child child({GILSIM_PROGRAM, "list", "strategies"}, Child::Output::kClosed);
  EXPECT_EQ(child.finish(), 3);
  EXPECT_EQ(child.error(),
            "gilsim: error: cannot write to standard output: a closed pipe or a full disk\n");
}

TEST(Program, AReportThatNobodyReadsIsStillInItsFiles) {
  const test::TemporaryFolder folder;
  const std::string profile =
      folder.write("host.yaml", scenario::print_host_profile(test::round_profile()));
  const std::string report = folder.path("report.json");
  Child child({GILSIM_PROGRAM, "run", folder.write("long.yaml", kLong), "--host", profile, "--json",
               report},
              Child::Output::kClosed);
  EXPECT_EQ(child.finish(), 3);
  EXPECT_EQ(json::parse(test::read_text(report))["points"].size(), 4U);
}

}  // namespace
}  // namespace gilsim::app
