// Scenarios made of recordings: they can be read, they say what was recorded, and the simulation of
// one gives back the rate that it was made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "scenario/read.hpp"
#include "tests/app/support.hpp"
#include "tests/host/trace_writer.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::ran;
using testing::HasSubstr;
using trace::Kind;
using trace::test::TraceWriter;

constexpr std::uint64_t kMicrosecond = 1000;
constexpr std::uint16_t kSleep = static_cast<std::uint16_t>(trace::Call::kSleep);

class TraceScenario : public testing::Test {
 protected:
  // A thread that computes 100 µs and sleeps for 1 ms, again and again, alone.
  void write_sleeper(const std::string& version) const {
    TraceWriter writer;
    writer.block().segment(100, 0);
    describe(writer, version);
    for (std::uint64_t round = 0; round < 200; ++round) {
      const std::uint64_t time = round * 1100 * kMicrosecond;
      writer.at(time, Kind::kTake).at(time + 100 * kMicrosecond, Kind::kDrop);
      writer.at(time + 100 * kMicrosecond, Kind::kBlock, kSleep);
      writer.at(time + 1100 * kMicrosecond, Kind::kUnblock, kSleep);
    }
    writer.header().cores = 2;
    writer.write(trace_);
  }

  static void describe(TraceWriter& writer, const std::string& version) {
    trace::ImageText text{};
    std::memcpy(text.interpreter, version.c_str(), version.size());
    std::memcpy(text.command, "python3\0app.py", 15);
    std::vector<std::uint64_t> words(trace::kImageWords);
    std::memcpy(words.data(), &text, sizeof text);
    writer.at(0, Kind::kImage, static_cast<std::uint16_t>(trace::kImageWords), words);
  }

  test::Ran made(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"trace", trace_, "--host", host_, "--scenario", scenario_};
    words.insert(words.end(), more.begin(), more.end());
    return ran(words);
  }

  test::TemporaryFolder folder_;
  std::string host_ =
      folder_.write("host.yaml", scenario::print_host_profile(test::round_profile("3.11.2")));
  std::string trace_ = folder_.path("t.trace");
  std::string scenario_ = folder_.path("made.yaml");
};

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

TEST_F(TraceScenario, ReplaysTheStepsInTheirOrder) {
  write_sleeper("3.11.2 (main)");
  ASSERT_EQ(made({"--replay"}).code, 0);
  const std::string text = test::read_text(scenario_);
  EXPECT_NE(text.find("of which 198 are one operation here"), std::string::npos);
  EXPECT_EQ(ran({"check", scenario_}).code, 0);
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
