// What the text of docs/tutorial.md says of figures holds of what the commands print, and no number
// in it is neither such a claim nor stated as an input or as somebody else's.
#include <gtest/gtest.h>

#include "tests/docs/printed_table.hpp"
#include "tests/docs/tutorial_page.hpp"

namespace gilsim::app {
namespace {

using test::PrintedTable;

const std::string kPage = std::string(GILSIM_SOURCE_DIR) + "/docs/tutorial.md";

std::string in_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n';
    if (!is_blank || (!line.empty() && line.back() != ' ')) line += is_blank ? ' ' : c;
  }
  return line;
}

class TutorialClaims : public testing::Test {
 protected:
  // The output of the command that has these words.
  std::string output(const std::string& command) const {
    for (const test::Block& block : page_.blocks) {
      const std::size_t at = block.text.find(command);
      if (block.language != "console" || at == std::string::npos) continue;
      const std::size_t end = block.text.find("\n$ ", at);
      return block.text.substr(at, end == std::string::npos ? end : end - at + 1);
    }
    ADD_FAILURE() << "no command with " << command;
    return "";
  }
  double figure(const std::string& command, const std::string& first_column,
                const std::vector<std::string>& row, const std::string& column) const {
    return PrintedTable(output(command), first_column).number(row, column);
  }
  double speedup(const std::string& command, const std::string& strategy,
                 const std::string& workers) const {
    return figure(command, "strategy", {strategy, workers}, "speedup");
  }
  // The text says so; whether it is true is the caller's affair.
  void says(const std::string& sentence) const {
    EXPECT_NE(prose().find(sentence), std::string::npos) << "the text no longer says: " << sentence;
  }
  std::string prose() const {
    std::string all;
    for (const std::string& text : page_.between) all += text;
    return in_one_line(all);
  }

  const test::Page page_ = test::Page::read(kPage);
};

constexpr const char* kCountdown = "run configs/talk/countdown.yaml --json countdown.json";
constexpr const char* kConvoy = "run configs/convoy.yaml --set interpreter.switch_interval=5ms";
constexpr const char* kPages = "run configs/talk/pages.yaml\n";
constexpr const char* kThumbnails = "run configs/talk/thumbnails.yaml\n";

TEST_F(TutorialClaims, TwoThreadsGainNothingAndTwoProcessesNearlyAll) {
  says("Two threads on two cores gain nothing; two processes gain nearly all there is to gain.");
  EXPECT_NEAR(speedup(kCountdown, "threads", "2"), 1, 0.05);
  EXPECT_NEAR(speedup(kCountdown, "processes", "2"), 2, 0.15);
}

TEST_F(TutorialClaims, ATurnIsALittleLongerThanTheSwitchInterval) {
  says("So a turn is a little longer than 5 ms");
  const double turn =
      figure("timeline configs/talk/countdown.yaml", "thread", {"worker 1"}, "longest");
  EXPECT_GT(turn, 5e-3);
  EXPECT_LT(turn, 5.5e-3);
}

TEST_F(TutorialClaims, TheConvoyLeavesLessThanAFifth) {
  says(
      "Alone, `sleeper` does some nine hundred operations a second; beside a thread that computes, "
      "it does less than a fifth of that.");
  const PrintedTable table(output(kConvoy), "threads");
  const double alone = table.number({"sleeper", "2", "3.11.2", "sleeper"}, "rate");
  const double beside = table.number({"cpu+sleeper", "2", "3.11.2", "sleeper"}, "rate");
  EXPECT_NEAR(alone, 900, 49);
  EXPECT_LT(beside, alone / 5);
  EXPECT_GT(beside, alone / 7);
}

TEST_F(TutorialClaims, AShortIntervalHelpsALotAndCostsLittle) {
  says("A shorter interval helps, and costs the computing thread a little.");
  says("one can go a long way down before it costs much");
  const std::string tuned = output("tune configs/convoy.yaml");
  const std::size_t best = tuned.find("Best: interpreter.switch_interval=");
  ASSERT_NE(best, std::string::npos);
  EXPECT_GT(std::stod(tuned.substr(tuned.find(", ", best) + 2)), 2.5) << "within 1 %";
}

TEST_F(TutorialClaims, SmallTasksAreFarFromTwiceAsFastAndParcelsHelpInPart) {
  says(
      "With tasks of 200 µs two processes are far from twice as fast; several tasks in a parcel "
      "(`chunksize` of `Pool.map`) give a part of it back");
  const PrintedTable table(output("tune configs/talk/countdown.yaml"), "setting");
  const double alone = table.number({"sequential"}, "wall");
  const double singly = table.number({"workload.chunk_size=1 processes@2"}, "wall");
  const double together = table.number({"workload.chunk_size=200 processes@2"}, "wall");
  EXPECT_LT(alone / singly, 1.6);
  EXPECT_LT(together, 0.97 * singly);
  EXPECT_LT(alone / together, 1.9) << "a part";
}

TEST_F(TutorialClaims, ThreadsThatWaitGainMoreThanThereAreCores) {
  says(
      "So threads gain what the countdown could not, and eight of them on two cores gain more than "
      "two");
  EXPECT_GT(speedup(kPages, "threads", "8"), 2);
}

TEST_F(TutorialClaims, TheMapHasItsThreeCorners) {
  says(
      "Lower right, long tasks that compute: processes. Upper left, short ones and those that "
      "mostly wait: threads, which cost less to start. Lower left: neither pays. Where a cell is "
      "pale, it hardly matters.");
  const std::string map = output("plot map.ndjson --terminal -o docs/tutorial");
  const auto row = [&](const std::string& share) {
    const std::size_t at = map.find("\n" + share);
    EXPECT_NE(at, std::string::npos) << share;
    std::string letters;
    for (const char c : map.substr(at + 7, map.find('\n', at + 1) - at - 7)) {
      if (c == 'T' || c == 'P' || c == 'S') letters += c;
    }
    return letters;
  };
  EXPECT_EQ(row(" 90 %"), "TTTTTTTTT");
  EXPECT_EQ(row("  0 %").substr(2), "PPPPPPP");
  EXPECT_EQ(row("  0 %")[0], 'S');
  EXPECT_EQ(row(" 40 %")[0], 'T');
  EXPECT_NE(map.find("P="), std::string::npos) << "a pale cell";
}

TEST_F(TutorialClaims, ThreadsMakeThumbnailsAsFastAsProcessesDo) {
  says("Threads gain as much as processes do.");
  const double ratio =
      speedup(kThumbnails, "threads", "2") / speedup(kThumbnails, "processes", "2");
  EXPECT_NEAR(ratio, 1, 0.08);
}

TEST_F(TutorialClaims, InterpretersAreNearlyAsGoodAsProcesses) {
  says("For the countdown that is nearly as good as processes");
  const double interpreters =
      speedup("--set strategies=[sequential,threads,interpreters]", "interpreters", "2");
  EXPECT_NEAR(interpreters / speedup(kCountdown, "processes", "2"), 0.95, 0.06);
}

TEST_F(TutorialClaims, AFreeThreadedBuildIsAFewPerCentSlower) {
  says("Bytecode is a few per cent slower in it");
  const PrintedTable table(output("run configs/locks/free_threaded.yaml"), "strategy");
  const auto wall = [&](const char* lock) {
    return table.number({"sequential", "1", "8", "3.11.2", lock}, "wall time");
  };
  EXPECT_GT(wall("free_threaded") / wall("interval"), 1.02);
  EXPECT_LT(wall("free_threaded") / wall("interval"), 1.12);
  EXPECT_GT(table.number({"threads", "8", "8", "3.11.2", "free_threaded"}, "speedup"), 6);
}

TEST_F(TutorialClaims, AsyncioDoesWithThePagesWhatAThreadForEachDoes) {
  says("On the talk's pages it does what a thread for each page does.");
  const char* const command = "--set strategies=[sequential,threads,asyncio] --set workers=[15]";
  EXPECT_NEAR(speedup(command, "asyncio", "15") / speedup(command, "threads", "15"), 1, 0.05);
}

TEST_F(TutorialClaims, ThePoolOfTheDefaultSizeIsTooSmallForTasksThatWait) {
  says("For tasks that compute 2 ms and wait 18 ms that is too few");
  const std::string tuned = output("tune configs/explore/workers.yaml");
  const std::size_t cost = tuned.find("costs a factor of ");
  ASSERT_NE(cost, std::string::npos);
  EXPECT_GT(std::stod(tuned.substr(cost + 18)), 1.5);
  EXPECT_NE(tuned.find("As it is (threads@6 on 2 cores"), std::string::npos);
}

// Claims of the tests above, inputs of the commands, and what others have found.
constexpr const char* kStated[] = {
    "R. Vyas, 2019",
    "python3 app.py",
    "CPython 3.11",
    "The talk measured 3.60 s and 3.66 s.",
    "*switch interval*, 5 ms unless `sys.setswitchinterval()` says otherwise",
    "So a turn is a little longer than 5 ms",
    "*convoy effect* in 2010",
    "With tasks of 200 µs",
    "fetches 15 web pages",
    "so by chapter 5 threads",
    "Since 3.12 a sub-interpreter",
    "Since 3.13 there is a build",
    "at most 32.",
    "For tasks that compute 2 ms and wait 18 ms",
};

TEST_F(TutorialClaims, NoOtherNumberIsInTheText) {
  std::string text = prose();
  for (const std::string stated : kStated) {
    const std::size_t at = text.find(stated);
    ASSERT_NE(at, std::string::npos) << "the text no longer says: " << stated;
    text.replace(at, stated.size(), "");
  }
  std::string left;
  std::size_t at = 0;
  while ((at = text.find_first_of("0123456789", at)) != std::string::npos) {
    const bool is_heading = at >= 3 && text.compare(at - 3, 3, "## ") == 0;
    const std::size_t link = text.rfind("![", at);
    const bool is_alternative = link != std::string::npos && text.find(')', link) > at;
    if (!is_heading && !is_alternative)
      left += "..." + text.substr(at - std::min<std::size_t>(at, 30), 60) + "...\n";
    at = text.find_first_not_of("0123456789", at);
    if (at == std::string::npos) break;
  }
  EXPECT_EQ(left, "");
}

}  // namespace
}  // namespace gilsim::app
