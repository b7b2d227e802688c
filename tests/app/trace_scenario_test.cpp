// Scenarios made of recordings: they can be read, they say what was recorded, and the simulation of
// one gives back the rate that it was made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/app/trace_fixture.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::ran;
using testing::HasSubstr;
using trace::Kind;
using trace::test::TraceWriter;

using TraceScenario = RecordedProgram;

TEST_F(TraceScenario, CanBeReadAndSaysWhatWasRecorded) {
  write_sleeper("3.11.2 (main)");
  ASSERT_EQ(made().code, 0);
  EXPECT_EQ(ran({"check", scenario_}).code, 0) << ran({"check", scenario_}).err;
  const std::string text = test::read_text(scenario_);
  EXPECT_THAT(text, HasSubstr("# Recorded: python3 app.py"));
  EXPECT_THAT(text, HasSubstr("main: 900/s rounds"));
  EXPECT_THAT(text, HasSubstr("machine: {cores: 2}"));
  EXPECT_THAT(text, HasSubstr("version: \"3.11\""));
}

TEST_F(TraceScenario, SimulatedGivesBackTheRateThatWasRecorded) {
  write_sleeper("3.11.2 (main)");
  for (const std::vector<std::string>& how : {std::vector<std::string>{}, {"--replay"}}) {
    ASSERT_EQ(made(how).code, 0);
    const json report = json::parse(ran({"run", scenario_, "--json", "-"}).out);
    const double operations = how.empty() ? 1 : 198;  // rounds in one operation
    const json& point = report["points"].at(0);
    ASSERT_EQ(point["metric"], "main.rate");
    EXPECT_NEAR(point["predicted"]["median"].get<double>() * operations, 1e6 / 1100, 10);
  }
}

TEST_F(TraceScenario, TakesNativeCodeForAsLongAsItHadACore) {
  write_disturbed();
  ASSERT_EQ(made().code, 0);
  EXPECT_THAT(test::read_text(scenario_), testing::ContainsRegex("native: .time: (49|50)[0-9]us"));
}

// It computes for 100 ms, lets the lock go once, and is about to end.
TEST_F(TraceScenario, HasAThreadThatComputedAlsoIfItLetTheLockGoAtLast) {
  TraceWriter writer;
  writer.block().segment(100, 0);
  describe(writer, "3.11.2 (main)");
  writer.at(0, Kind::kTake).at(1000, Kind::kDrop).at(2000, Kind::kTake);
  writer.at(100'000'000, Kind::kDrop).at(100'001'000, Kind::kTake);
  writer.header().cores = 2;
  writer.write(trace_);
  ASSERT_EQ(made().code, 0) << made().err;
  EXPECT_THAT(test::read_text(scenario_), HasSubstr("python: 100ms"));
}

// On a full machine: one is no evidence of an interval longer than the default, twenty are.
TEST_F(TraceScenario, TakesNoLongIntervalFromAFewLateTimeouts) {
  for (const std::uint64_t timeouts : {1U, 20U}) {
    TraceWriter writer;
    writer.block().segment(100, 0);
    describe(writer, "3.11.2 (main)");
    writer.at(0, Kind::kTake).at(999'000'000, Kind::kDrop);
    writer.segment(101, 0).at(1000, Kind::kRequest);
    for (std::uint64_t i = 1; i <= timeouts; ++i) writer.at(i * 12'000'000, Kind::kTimeout);
    writer.at(999'100'000, Kind::kTake);
    writer.write(trace_);
    ASSERT_EQ(made().code, 0) << made().err;
    EXPECT_EQ(test::read_text(scenario_).find("switch_interval") != std::string::npos,
              timeouts == 20);
  }
}

TEST_F(TraceScenario, ReplaysTheStepsInTheirOrder) {
  write_sleeper("3.11.2 (main)");
  ASSERT_EQ(made({"--replay"}).code, 0);
  const std::string text = test::read_text(scenario_);
  EXPECT_NE(text.find("of which 198 are one operation here"), std::string::npos);
  EXPECT_EQ(ran({"check", scenario_}).code, 0);
}

// However late the thread came to it: the request had come so long after the answer before.
TEST_F(TraceScenario, OfAServerHasRequestsThatComeByThemselves) {
  write_server(3000);
  for (const std::vector<std::string>& how : {std::vector<std::string>{}, {"--replay"}}) {
    ASSERT_EQ(made(how).code, 0);
    EXPECT_EQ(ran({"check", scenario_}).code, 0) << ran({"check", scenario_}).err;
    const std::string text = test::read_text(scenario_);
    EXPECT_THAT(text, HasSubstr("since: round"));
    EXPECT_THAT(text, HasSubstr("one is an operation here, its latency is from the request on"));
    EXPECT_THAT(text, HasSubstr("in the 49 of 98 that were waited for"));
    const json report = json::parse(ran({"run", scenario_, "--json", "-"}).out);
    const double early = 3062, late = 8062 + 10 + 12;  // microseconds from one answer to the next
    EXPECT_NEAR(report["points"].at(0)["predicted"]["median"].get<double>(), 2e6 / (early + late),
                8);
  }
}

TEST_F(TraceScenario, OfTasksIsABatchThatTakesWhatTheTasksTook) {
  for (const std::uint64_t count : {20U, 200U}) {
    for (const std::vector<std::string>& how : {std::vector<std::string>{}, {"--replay"}}) {
      write_tasks(count);
      ASSERT_EQ(made(how).code, 0) << made(how).err;
      const double expected = static_cast<double>(count) * (5.0015e6 + 10e6 / 2);
      EXPECT_NEAR(wall_of("sequential", "1") / expected, 1, 0.02);
    }
  }
  EXPECT_THAT(test::read_text(scenario_), HasSubstr("200 tasks app:work (calls)"));
}

TEST_F(TraceScenario, OfTasksIsDealtOutToPoolsThatNeverWere) {
  write_tasks(40);
  ASSERT_EQ(made().code, 0);
  const double serial = wall_of("sequential", "1");
  EXPECT_LT(wall_of("threads", "2"), serial * 0.6);
  EXPECT_LT(wall_of("processes", "2"), serial * 0.6);
}

TEST_F(TraceScenario, OfTasksTakesTheNameThatIsAskedFor) {
  write_tasks(4);
  EXPECT_EQ(made({"--task", "app:work"}).code, 0);
  const test::Ran result = made({"--task", "app:wrok"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("no tasks of 'app:wrok' were recorded"));
  EXPECT_THAT(result.err, HasSubstr("app:work"));
  EXPECT_THAT(made({"--of", "tsaks"}).err, HasSubstr("--of knows no 'tsaks'"));
}

TEST_F(TraceScenario, OfTasksWithoutAnySaysHowTheyAreMarked) {
  write_sleeper("3.11.2 (main)");
  const test::Ran result = made({"--of", "tasks"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("gilsim record --task module:function"));
}

TEST_F(TraceScenario, OfAVersionThatTheProfileLacksIsRefusedWithTheWayOut) {
  write_sleeper("3.7.16 (default)");
  const test::Ran result = made();
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("the host profile knows no Python 3.7"));
  EXPECT_THAT(result.err, HasSubstr("gilsim calibrate"));
}

TEST_F(TraceScenario, OfARecordingTooShortToLoopIsRefused) {
  TraceWriter writer;
  writer.block().segment(100, 0);
  describe(writer, "3.11.2 (main)");
  writer.at(10, Kind::kTake).at(20, Kind::kDrop);
  writer.write(trace_);
  EXPECT_THAT(made().err, HasSubstr("no threads of the recording ran at the same time for 50 ms"));
}

}  // namespace
}  // namespace gilsim::app
