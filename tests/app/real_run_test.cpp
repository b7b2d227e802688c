#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "host/calibrate.hpp"
#include "host/interpreters.hpp"
#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::ran;
using testing::HasSubstr;
using testing::StartsWith;

const char* const kTiny =
    "question: Do threads help?\n"
    "machine: {cores: 1}\n"
    "workload:\n"
    "  tasks: 2\n"
    "  task:\n"
    "    - python: {loops: 1000}\n"
    "    - wait: 1ms\n"
    "strategies: [sequential, threads]\n"
    "workers: [2]\n";

class RealRun : public testing::Test {
 protected:
  void SetUp() override {
    const auto found = host::find_interpreters();
    ASSERT_FALSE(found.empty()) << "real runs need a python3";
    version_ = found.front().version;
    host_ = write_profile("this.yaml", version_, host::this_host());
  }

  std::string write_profile(const std::string& name, const std::string& version,
                            const model::HostIdentity& identity) const {
    model::HostProfile profile = test::round_profile(version, identity);
    return folder_.write(name, scenario::print_host_profile(profile));
  }

  test::TemporaryFolder folder_;
  std::string tiny_ = folder_.write("tiny.yaml", kTiny);
  std::string version_;
  std::string host_;
};

TEST_F(RealRun, ValidatePredictsThenRunsThenCompares) {
  const std::string file = folder_.path("report.json");
  const test::Ran result = ran({"validate", tiny_, "--host", host_, "--runs", "2", "--json", file});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("Speed check: Python " + version_ + " now runs at "));
  EXPECT_THAT(result.out, HasSubstr("the predictions count with that.\n"));
  EXPECT_THAT(result.out, HasSubstr("Predicted, before any run:\n"));
  EXPECT_THAT(result.out, HasSubstr("While the real runs went on, this host ran Python "));
  EXPECT_THAT(result.out, HasSubstr("Predicted beside 2 real runs"));
  EXPECT_THAT(result.out, HasSubstr("Summary"));
  EXPECT_THAT(result.err, HasSubstr("running: round 2 of 2"));
  const json report = json::parse(test::read_text(file));
  EXPECT_EQ(report["host"]["fingerprint"], host::this_host().fingerprint);
  ASSERT_EQ(report["points"].size(), 5U);
  for (const json& point : report["points"]) {
    EXPECT_EQ(point["interpreter"], version_);
    EXPECT_EQ(point["measured"]["runs"], 2);
    EXPECT_GT(point["measured"]["median"], 0);
    EXPECT_TRUE(point["error"].is_number());
  }
  EXPECT_EQ(report["summary"]["n"], 5);
  EXPECT_GT(report["speed"][version_]["at_prediction"], 0);
  EXPECT_GT(report["speed"][version_]["during_runs"]["median"], 0);
}

TEST_F(RealRun, WhatThisMachineIsNotIsRefused) {
  for (const auto& [setting, words] :
       {std::pair{"machine.quota.quota=50ms", "another CPU quota than the host has"},
        {"machine.background.threads=2", "background load"},
        {"machine.scheduler=cfs", "another scheduler"},
        {"machine.threads_per_core=2", "other hardware threads"},
        {"workload.task[0]={native: {time: 1ms, memory: 2}}", "native code that moves memory"}}) {
    const test::Ran result = ran({"measure", tiny_, "--host", host_, "--set", setting, "--set",
                                  "machine.memory=[{threads: 1, bandwidth: 9}]"});
    EXPECT_EQ(result.code, 2) << setting;
    EXPECT_THAT(result.err, HasSubstr(std::string("asks for ") + words));
    EXPECT_THAT(result.err, HasSubstr("hint: only predict: gilsim run"));
  }
}

TEST_F(RealRun, ALockThatTheInterpreterDoesNotHaveIsRefused) {
  for (const char* const command : {"measure", "validate"}) {
    for (const char* const lock : {"fifo", "none", "[fifo, none]"}) {
      const test::Ran result =
          ran({command, tiny_, "--host", host_, "--set", std::string("interpreter.lock=") + lock});
      EXPECT_EQ(result.code, 2) << command << " " << lock;
      EXPECT_EQ(result.out, "");
      EXPECT_THAT(result.err,
                  HasSubstr("asks for the lock '" + std::string(*lock == 'n' ? "none" : "fifo") +
                            "', which Python " + version_ + " does not have"));
      EXPECT_THAT(result.err, HasSubstr("leave out interpreter.lock, or only predict: gilsim run"));
    }
  }
}

TEST_F(RealRun, TheUsersOwnProfileIsTheDefault) {
  const test::Environment own("GILSIM_PROFILE", host_);
  const test::Ran result = ran({"measure", tiny_, "--runs", "1", "--json", "-"});
  ASSERT_EQ(result.code, 0) << result.err;
  const json report = json::parse(result.out);
  EXPECT_EQ(report["command"], "measure");
  EXPECT_TRUE(report["points"][0]["predicted"].is_null());
  EXPECT_EQ(report["points"][0]["measured"]["runs"], 1);
}

TEST_F(RealRun, TuningIsCheckedAtTheAdvisedAndTheOwnSetting) {
  const std::string waits = folder_.write("waits.yaml",
                                          "question: How many workers?\n"
                                          "machine: {cores: 1}\n"
                                          "workload: {tasks: 4, task: [{wait: 20ms}]}\n"
                                          "strategies: [threads]\nworkers: [1]\n");
  const test::Ran result = ran({"tune", waits, "--host", host_, "--vary", "workers=1,4",
                                "--minimize", "wall", "--check", "--runs", "2"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, testing::AllOf(HasSubstr("Best: threads@4, "),
                                         HasSubstr("Checked by 2 real runs of each setting"),
                                         HasSubstr("advised   wall"), HasSubstr("as it is  wall"),
                                         HasSubstr("Gain in wall: predicted "),
                                         HasSubstr(" --runs 2 --check --seed 1 ")));
}

TEST_F(RealRun, ThePredictionIsThereBeforeTheRunsEvenIfTheyAreStopped) {
  host::StopFlag stop{false};
  const std::string file = folder_.path("report.json");
  std::thread watcher([&] {
    while (test::read_text(file).empty()) std::this_thread::yield();
    stop = true;
  });
  const test::Ran result =
      ran({"validate", tiny_, "--host", host_, "--runs", "10000", "--json", file}, stop);
  watcher.join();
  EXPECT_EQ(result.code, 130);
  const json report = json::parse(test::read_text(file));
  EXPECT_EQ(report["interrupted"], true);
  EXPECT_FALSE(report["points"][0]["predicted"].is_null());
}

TEST_F(RealRun, AProfileOfAnotherHostIsRefused) {
  model::HostIdentity other = host::this_host();
  other.fingerprint = "0123456789abcdef";
  other.processor = "Abacus 9000";
  const std::string path = write_profile("other.yaml", version_, other);
  for (const char* const command : {"measure", "validate"}) {
    const test::Ran result = ran({command, tiny_, "--host", path});
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, StartsWith("gilsim: error: '" + path +
                                       "' is the host profile of another host: processor 'Abacus "
                                       "9000', here '"));
    EXPECT_THAT(result.err, HasSubstr("hint: measure this host: gilsim calibrate"));
  }
}

TEST_F(RealRun, AnInterpreterThatIsNotInstalledIsRefusedNamingThoseThatAre) {
  const std::string path = write_profile("old.yaml", "3.99.1", host::this_host());
  const test::Ran result = ran({"measure", tiny_, "--host", path});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, StartsWith("gilsim: error: interpreter cpython 3.99.1 of '" + path +
                                     "' is not installed here; found: "));
  EXPECT_THAT(result.err, HasSubstr(version_ + " ("));
}

TEST_F(RealRun, OfTwoBuildsOfOneVersionTheOneThatWasAskedForIsRun) {
  model::HostProfile profile = test::round_profile(version_, host::this_host());
  profile.interpreters.insert(profile.interpreters.begin(), profile.interpreters.front());
  profile.interpreters.front().free_threaded = true;
  const std::string path = folder_.write("both.yaml", scenario::print_host_profile(profile));
  const test::Ran result = ran({"measure", tiny_, "--host", path, "--runs", "1", "--json", "-",
                                "--set", "interpreter.version=" + version_});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(json::parse(result.out)["points"][0]["interpreter"], version_);
}

TEST_F(RealRun, MoreCoresThanThereAreAreRefused) {
  const test::Ran result = ran({"measure", tiny_, "--host", host_, "--set", "machine.cores=1000"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("asks for 1000 cores; this process may use "));
}

TEST_F(RealRun, APlaceThatCannotBeWrittenIsFoundBeforeAnyRun) {
  const test::Ran result =
      ran({"measure", tiny_, "--host", host_, "--csv", folder_.path("absent/r.csv")});
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.err.find("round"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace gilsim::app
