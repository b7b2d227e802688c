// `gilsim timeline`: one run as a timeline, in the terminal, as pictures and in Chrome's format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/app/host_fixture.hpp"

namespace gilsim::app {
namespace {

using nlohmann::json;
using test::ran;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class TimelineCommand : public test::HostFixture {
 protected:
  std::vector<std::string> words(const std::string& file,
                                 const std::vector<std::string>& more = {}) const {
    return HostFixture::words("timeline", file, more);
  }

  std::string convoy_ = write_convoy("100ms");
  std::string pool_ = folder_.write("pool.yaml",
                                    "question: Who works?\n"
                                    "workload: {tasks: 8, task: [{python: 2ms}, {native: 3ms}]}\n"
                                    "strategies: [sequential, threads, processes]\n"
                                    "workers: [1, 3]\n");
};

TEST_F(TimelineCommand, DrawsARowAThreadAndSaysWhereTheTimeWent) {
  const test::Environment columns("COLUMNS", "80");
  const test::Ran result = ran(words(convoy_, {"--to", "30ms"}));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("convoy: Who waits?\nOne run of cpu+sleeper on 2 cores, "
                                     "CPython 3.11.2, switch interval 5 ms.\n\n  1 cpu      ███"));
  EXPECT_THAT(result.out, HasSubstr("  2 sleeper  ░░"));
  EXPECT_THAT(result.out, HasSubstr("  lock       111"));
  EXPECT_THAT(result.out, HasSubstr("  ░  waits for the lock\n"));
  EXPECT_THAT(result.out, HasSubstr("waits: lock"));
  EXPECT_THAT(result.out, EndsWith("\nAgain: gilsim timeline --host " + host_ +
                                   " --seed 1 --replication 0 " + convoy_ + " --to 30ms\n"));
}

TEST_F(TimelineCommand, LooksAtThePointWithMostThreadsThatShareALockAndNamesTheOthers) {
  const test::Ran result = ran(words(pool_));
  EXPECT_THAT(result.out, HasSubstr("One run of threads@3 on 2 cores"));
  EXPECT_THAT(result.out, HasSubstr("for --point: sequential threads@1 processes@1 processes@3\n"));
  EXPECT_THAT(ran(words(pool_, {"--point", "processes@3"})).out, HasSubstr("  4 process 3"));
}

TEST_F(TimelineCommand, APointThatIsNotThereIsAnErrorThatNamesTheNearest) {
  const test::Ran result = ran(words(pool_, {"--point", "thread@3"}));
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.err, "gilsim: error: no point of '" + pool_ +
                            "' is labelled 'thread@3'\n  hint: did you mean 'threads@3'?\n");
}

TEST_F(TimelineCommand, AWindowThatIsNoneIsAnError) {
  EXPECT_EQ(ran(words(convoy_, {"--from", "30ms", "--to", "30ms"})).err,
            "gilsim: error: --from is not before --to\n  hint: as in --from 10ms --to 60ms\n");
  EXPECT_EQ(ran(words(convoy_, {"--from", "1s"})).err,
            "gilsim: error: the run is over before --from: it took 100 ms\n");
  EXPECT_THAT(ran(words(convoy_, {"--from", "soon"})).err, HasSubstr("--from 'soon': "));
}

TEST_F(TimelineCommand, ChromesFormatHasEveryThreadLockAndCore) {
  const json trace = json::parse(ran(words(pool_, {"--json", "-"})).out);
  std::map<int, std::vector<std::string>> names;
  for (const json& event : trace["traceEvents"]) {
    if (event["name"] == "thread_name") names[event["pid"]].push_back(event["args"]["name"]);
  }
  EXPECT_EQ(names[1], (std::vector<std::string>{"main", "worker 1", "worker 2", "worker 3"}));
  EXPECT_EQ(names[2], (std::vector<std::string>{"lock 0"}));
  EXPECT_EQ(names[3], (std::vector<std::string>{"core 0", "core 1"}));
  EXPECT_EQ(trace["otherData"]["question"], "Who works?");
}

// Perfetto takes slices of one track that overlap without one lying in the other for an error.
TEST_F(TimelineCommand, SlicesOfATrackLieSideBySideOrInEachOther) {
  struct Slice {
    double from, to;
  };
  std::map<std::pair<int, int>, std::vector<Slice>> tracks;
  const json trace = json::parse(ran(words(pool_, {"--json", "-"})).out);
  for (const json& event : trace["traceEvents"]) {
    if (event["ph"] != "X") continue;
    const double from = event["ts"];
    const double length = event["dur"];
    tracks[{event["pid"], event["tid"]}].push_back({from, from + length});
  }
  EXPECT_GE(tracks.size(), 6U);
  const double rounding = 1e-6;
  for (const auto& [track, slices] : tracks) {
    for (const Slice& a : slices) {
      for (const Slice& b : slices) {
        const bool apart = a.to <= b.from + rounding || b.to <= a.from + rounding;
        const bool nested = (a.from >= b.from - rounding && a.to <= b.to + rounding) ||
                            (b.from >= a.from - rounding && b.to <= a.to + rounding);
        EXPECT_TRUE(apart || nested) << track.first << " " << track.second << " at " << a.from;
      }
    }
  }
}

TEST_F(TimelineCommand, WithoutALockThatExcludesNobodyIsSaidToHaveIt) {
  const json trace = json::parse(
      ran(words(pool_, {"--json", "-", "--set", "interpreter.lock=free_threaded"})).out);
  for (const json& event : trace["traceEvents"]) EXPECT_NE(event["name"], "Has GIL");
}

TEST_F(TimelineCommand, DrawsThePictureIntoAFolder) {
  const test::Ran result = ran(words(convoy_, {"--to", "30ms", "-o", folder_.path("out")}));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("out/timeline-convoy.svg\n"));
  const std::string svg = test::read_text(folder_.path("out") + "/timeline-convoy.svg");
  for (const char* const text :
       {"Who waits?", "sleeper", "who has the lock", "core 1", "time since the start (ms)",
        "waits for the lock", "gilsim timeline --host"}) {
    EXPECT_THAT(svg, HasSubstr(text));
  }
}

// A bar of the whole run's time: the computing thread has the lock, the other one waits for it.
TEST_F(TimelineCommand, DrawsWhereTheTimeWentAsBars) {
  const std::string out = ran(words(convoy_, {"--to", "30ms"})).out;
  const std::string bars = out.substr(out.find("Where the time went"));
  const auto cells = [&](const std::string& name, const std::string& glyph) {
    const std::size_t at = bars.find(name);
    const std::string line = bars.substr(at, bars.find('\n', at) - at);
    int count = 0;
    for (std::size_t k = 0; (k = line.find(glyph, k)) != std::string::npos; ++k) ++count;
    return count;
  };
  EXPECT_GT(cells("cpu", "█"), 9 * cells("cpu", "░"));
  EXPECT_GT(cells("sleeper", "░"), 2 * cells("sleeper", "·"));
}

TEST_F(TimelineCommand, DrawsLatenciesInTheTerminal) {
  const test::Ran result = ran(words(convoy_, {"--to", "30ms", "--terminal"}));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("100 % |"), HasSubstr("sleeper: half of them in ")));
}

}  // namespace
}  // namespace gilsim::app
