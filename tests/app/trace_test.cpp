#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/app/support.hpp"
#include "tests/host/trace_writer.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::ran;
using testing::HasSubstr;
using trace::Kind;
using trace::test::TraceWriter;

class TraceCommand : public testing::Test {
 protected:
  TraceCommand() {
    TraceWriter writer;
    writer.block().segment(100, 1'000'000);
    writer.at(1'000'000, Kind::kTake).at(6'000'000, Kind::kDrop).at(9'000'000, Kind::kTake);
    writer.segment(101, 2'000'000).at(2'000'000, Kind::kRequest).at(5'500'000, Kind::kTimeout);
    writer.at(6'100'000, Kind::kTake).at(7'000'000, Kind::kDrop);
    writer.write(path_);
  }

  test::TemporaryFolder folder_;
  std::string path_ = folder_.path("t.trace");
};

TEST_F(TraceCommand, SaysWhoHeldTheLockWhoWaitedForItAndForWhom) {
  const test::Ran result = ran({"trace", path_});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("python3 app.py: killed together"));
  EXPECT_THAT(result.out, HasSubstr("100    main  8.00 ms  5.00 ms"));
  EXPECT_THAT(result.out, HasSubstr("100       1  5.00 ms   900 µs  4.10 ms"));
  EXPECT_THAT(result.out, HasSubstr("main 97.6 %"));
}

TEST_F(TraceCommand, GivesTheSameAsJsonInWholeNanoseconds) {
  const json found = json::parse(ran({"trace", path_, "--json", "-"}).out);
  EXPECT_EQ(found["schema"], 1);
  EXPECT_EQ(found["command"], json({"python3", "app.py"}));
  const json& lock = found["locks"][0];
  EXPECT_EQ(lock["handovers"], 2);
  EXPECT_EQ(lock["after_forced_drop"]["oldest_waiter"], 1);
  EXPECT_EQ(lock["gap"]["max_ns"], 100'000);
  EXPECT_EQ(lock["contended_ns"], 4'000'000);
  const json& waiter = found["threads"][1];
  EXPECT_EQ(waiter["waited_ns"], 4'100'000);
  EXPECT_EQ(waiter["waited_for"], json({{{"thread", 0}, {"time_ns", 4'000'000}}}));
}

TEST_F(TraceCommand, ShowsAsManyThreadsAsAskedForAndSaysHowManyAreLeft) {
  EXPECT_THAT(ran({"trace", path_, "--threads", "1"}).out,
              HasSubstr("1 more thread: --threads shows them"));
}

TEST_F(TraceCommand, DrawsATimelineWithTheNamesOfCPythonsProfiler) {
  const json found = json::parse(ran({"trace", path_, "--timeline", "-"}).out);
  std::vector<std::string> slices;
  for (const json& event : found["traceEvents"]) {
    if (event["ph"] == "X" && event["tid"] == 101) {
      slices.push_back(event["name"].get<std::string>() + " " + event["ts"].dump() + " " +
                       event["dur"].dump());
    }
  }
  EXPECT_THAT(slices,
              testing::ElementsAre("Waiting for GIL 1000.0 4100.0", "Has GIL 5100.0 900.0"));
}

TEST_F(TraceCommand, CutsTheTimelineToTheWindowAskedFor) {
  const json found =
      json::parse(ran({"trace", path_, "--timeline", "-", "--from", "4.5ms", "--to", "5.2ms"}).out);
  std::uint64_t covered = 0;
  for (const json& event : found["traceEvents"]) {
    if (event["ph"] != "X") continue;
    EXPECT_GE(event["ts"], 4500.0);
    covered += static_cast<std::uint64_t>(event["dur"].get<double>());
  }
  EXPECT_EQ(covered, 2 * 700U);  // two threads, without a gap
  EXPECT_EQ(ran({"trace", path_, "--timeline", "-", "--from", "2ms", "--to", "1ms"}).code, 2);
  EXPECT_EQ(ran({"trace", path_, "--from", "2ms"}).code, 2);
}

TEST_F(TraceCommand, NeedsOneFileThatIsATrace) {
  EXPECT_EQ(ran({"trace"}).code, 2);
  EXPECT_EQ(ran({"trace", path_, path_}).code, 2);
  const std::string text = folder_.write("text", std::string(5000, 'x'));
  const test::Ran result = ran({"trace", text});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr(text + ": offset 0: not a trace"));
}

TEST(RecordCommand, NeedsAProgramAndKnownOptions) {
  EXPECT_THAT(ran({"record"}).err, HasSubstr("gilsim record -- python3 app.py"));
  EXPECT_THAT(ran({"record", "--cpu-clock", "evry", "--", "true"}).err,
              HasSubstr("did you mean 'every'"));
  EXPECT_EQ(ran({"record", "--limit", "0", "--", "true"}).code, 2);
}

TEST(RecordCommand, SaysWhyNothingWasRecordedAndReturnsTheProgramsExitCode) {
  const test::TemporaryFolder folder;
  const test::Ran result =
      ran({"record", "-o", folder.path("t.trace"), "--", "sh", "-c", "exit 6"});
  EXPECT_EQ(result.code, 6);
  EXPECT_THAT(result.err, HasSubstr("nothing was recorded: no interpreter lock was seen"));
  EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace gilsim::app
