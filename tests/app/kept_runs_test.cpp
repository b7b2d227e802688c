#include "app/kept_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/calibrate.hpp"
#include "host/interpreters.hpp"
#include "scenario/read.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

using test::ran;
using testing::HasSubstr;

constexpr const char* kTiny =
    "question: Do threads help?\n"
    "machine: {cores: 1}\n"
    "interpreter: {switch_interval: 1ms}\n"
    "workload:\n"
    "  tasks: 4\n"
    "  task:\n"
    "    - python: {loops: 20000}\n"
    "    - wait: 1ms\n"
    "strategies: [sequential, threads]\n"
    "workers: [2]\n";

class KeptRunsOf : public testing::Test {
 protected:
  void SetUp() override {
    const auto found = host::find_interpreters();
    ASSERT_FALSE(found.empty()) << "real runs need a python3";
    profile_ = test::round_profile(found.front().version, host::this_host());
    profile_.measured = "2026-01-01T00:00:00Z";
    host_ = folder_.write("this.yaml", scenario::print_host_profile(profile_));
  }
  test::Ran measure(const std::string& runs) const {
    return ran(
        {"measure", tiny_, "--host", host_, "--keep", kept_, "--runs", runs, "--recorded", "1"});
  }
  test::Ran validate(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"validate", tiny_, "--host", host_};
    words.insert(words.end(), more.begin(), more.end());
    return ran(words);
  }

  test::TemporaryFolder folder_;
  model::HostProfile profile_;
  std::string host_;
  std::string tiny_ = folder_.write("tiny.yaml", kTiny);
  std::string kept_ = folder_.path("runs.json");
};

TEST_F(KeptRunsOf, AFileAreTakenAndOnlyTheMissingOnesMade) {
  ASSERT_EQ(measure("1").code, 0);
  const RunStore first = RunStore::read(kept_);
  ASSERT_EQ(first.points.size(), 2u);
  EXPECT_EQ(first.points[1].runs.size(), 1u);
  EXPECT_EQ(first.points[1].handovers.size(), 1u);
  EXPECT_TRUE(first.points[0].handovers.empty()) << "sequential";
  EXPECT_EQ(first.speeds.size(), 1u);

  const test::Ran again = measure("2");
  ASSERT_EQ(again.code, 0) << again.err;
  const RunStore second = RunStore::read(kept_);
  ASSERT_EQ(second.points[1].runs.size(), 2u);
  EXPECT_EQ(second.points[1].runs[0].value("wall"), first.points[1].runs[0].value("wall"));
  EXPECT_EQ(second.points[1].handovers, first.points[1].handovers);
  EXPECT_EQ(second.speeds.begin()->second.before.median,
            first.speeds.begin()->second.before.median);

  const test::Ran scored = validate({"--measured", kept_, "--replications", "2"});
  ASSERT_EQ(scored.code, 0) << scored.err;
  EXPECT_THAT(scored.out, HasSubstr("Predicted beside kept real runs"));
  EXPECT_THAT(scored.out, HasSubstr("handovers"));
}

TEST_F(KeptRunsOf, AStopKeepsWhatWasDone) {
  host::StopFlag stop{true};
  const test::Ran result =
      ran({"measure", tiny_, "--host", host_, "--keep", kept_, "--runs", "1"}, stop);
  EXPECT_EQ(result.code, 130);
}

TEST_F(KeptRunsOf, AnotherHostOrSeedOrProfileAreRefused) {
  RunStore store;
  store.host = {"somebody else's", "", "", ""};
  store.profile = profile_.measured;
  store.driver = "other";
  folder_.write("runs.json", store.text());
  EXPECT_THAT(measure("1").err, HasSubstr("holds runs of another host"));
  store.host = host::this_host();
  folder_.write("runs.json", store.text());
  EXPECT_THAT(measure("1").err, HasSubstr("holds runs of another version of the driver"));

  EXPECT_EQ(validate({"--measured", kept_}).code, 0) << "scoring asks for neither";
  const test::Ran seed = validate({"--measured", kept_, "--seed", "5"});
  EXPECT_EQ(seed.code, 2);
  EXPECT_THAT(seed.err, HasSubstr("holds runs of seed 1"));
  store.profile = "another time";
  folder_.write("runs.json", store.text());
  EXPECT_THAT(validate({"--measured", kept_}).err,
              HasSubstr("stands on the host profile measured another time"));
}

TEST_F(KeptRunsOf, OptionsThatContradictEachOtherAreRefused) {
  EXPECT_THAT(validate({"--keep", kept_, "--measured", kept_}).err,
              HasSubstr("contradict each other"));
  EXPECT_THAT(validate({"--report", folder_.path("page.md")}).err,
              HasSubstr("--report needs the real runs themselves"));
  EXPECT_THAT(validate({"--measured", kept_, "--report", "-"}).err, HasSubstr("needs a file"));
  EXPECT_THAT(validate({"--measured", folder_.path("absent")}).err,
              HasSubstr("cannot read the real runs"));
}

TEST_F(KeptRunsOf, AFolderMeansItsScenariosAndThoseBelow) {
  std::filesystem::create_directories(folder_.path("all/holdout"));
  folder_.write("all/one.yaml", kTiny);
  folder_.write("all/holdout/two.yaml", kTiny);
  const test::Ran result =
      ran({"run", folder_.path("all"), "--host", host_, "--replications", "1"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("holdout/two: Do threads help?"));
  EXPECT_THAT(result.out, HasSubstr("\none: Do threads help?"));
  std::filesystem::create_directories(folder_.path("empty"));
  EXPECT_THAT(ran({"run", folder_.path("empty")}).err, HasSubstr("holds no scenario"));
}

}  // namespace
}  // namespace gilsim::app
