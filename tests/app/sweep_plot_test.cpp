// What `gilsim plot` draws of a sweep.
#include "app/sweep_plot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/errors.hpp"
#include "tests/app/mix_fixture.hpp"

namespace gilsim::app {
namespace {

using test::ran;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class SweepPlot : public test::MixFixture {
 protected:
  SweepPlot()
      : MixFixture("sweep", test::kMixTasks +
                                "strategies: [sequential, threads, processes]\n"
                                "workers: [2, 4]\n") {}

  std::string swept(const std::string& file, std::vector<std::string> more) {
    const std::string path = folder_.path("s.ndjson");
    more.insert(more.end(), {"--ndjson", path, "--overwrite", "--replications", "3"});
    const test::Ran result = ran(HostFixture::words("sweep", file, more));
    EXPECT_EQ(result.code, 0) << result.err;
    return test::read_text(path);
  }
  std::vector<Picture> drawn(const std::string& file, const std::vector<std::string>& more) {
    return *pictures_of_sweep(swept(file, more), "s.ndjson");
  }
  static std::vector<std::string> names(const std::vector<Picture>& pictures) {
    std::vector<std::string> names;
    for (const Picture& picture : pictures) names.push_back(picture.name);
    return names;
  }

  std::string convoy_ = write_convoy("200ms");
};

TEST_F(SweepPlot, OfWorkersIsACurveOfSpeedups) {
  const auto pictures = drawn(mix_, {"--vary", "workers=1..5"});
  EXPECT_THAT(names(pictures), ElementsAre("speedup-mix"));
  EXPECT_THAT(pictures[0].parameters.text(), HasSubstr("gilsim sweep --vary workers=1..5"));
}

TEST_F(SweepPlot, NamesCurvesByEveryKeyThatNoAxisSays) {
  const auto text = drawn(mix_, {"--vary", "workload.tasks=4,8"})[0].parameters.text();
  EXPECT_THAT(text, AllOf(HasSubstr("'threads, tasks 4'"), HasSubstr("'threads, tasks 8'")));
}

TEST_F(SweepPlot, NamesCurvesByTheLockWhereItVaries) {
  const auto text = drawn(convoy_, {"--vary", "interpreter.switch_interval=1ms,5ms", "--vary",
                                    "interpreter.lock=interval,fifo"})[0]
                        .parameters.text();
  EXPECT_THAT(text, AllOf(HasSubstr("'sleeper beside cpu, lock interval'"),
                          HasSubstr("'sleeper beside cpu, lock fifo'")));
}

TEST_F(SweepPlot, OfMoreCurvesThanColoursIsRefusedWithTheWayOut) {
  const std::string text = swept(mix_, {"--vary", "workload.tasks=1..9"});
  EXPECT_THROW(pictures_of_sweep(text, "s.ndjson"), UsageError);
  try {
    pictures_of_sweep(text, "s.ndjson");
  } catch (const UsageError& error) {
    EXPECT_THAT(error.hint(), HasSubstr("of other keys at most 8 values"));
  }
}

// Long bytecode: processes; long waits: either; short waits: threads, which start sooner; next to
// nothing: neither.
TEST_F(SweepPlot, OverTwoNumbersIsAMapOfTheBestStrategy) {
  const auto pictures = drawn(
      mix_, {"--vary", "workload.task_time=20us,300ms", "--vary", "workload.waiting=0.0,0.98"});
  ASSERT_THAT(names(pictures), testing::Contains("map-mix"));
  const std::string text = pictures.back().parameters.text();
  EXPECT_THAT(text,
              AllOf(HasSubstr("X_NAME = 'time of a task, alone'"),
                    HasSubstr("Y_NAME = 'share of its time that a task waits'"),
                    HasSubstr("TERMINAL_WORDS[1] = 'S'"), HasSubstr("X_TEXTS[2] = '300 ms'"),
                    HasSubstr("Y_TEXTS[2] = '98 %%'"), HasSubstr("NAMES[1] = 'P: processes'")));
  // Cells by column, then row: 20 us without and with waits, 300 ms without and with.
  EXPECT_THAT(text, HasSubstr("CELL_WORDS[3] = 'P 2'"));
  EXPECT_THAT(text, HasSubstr("CELL_WORDS[4] = 'P=T'"));
}

TEST_F(SweepPlot, OverTheKeysInTheirOrderAcrossAndUpwards) {
  const auto text = drawn(mix_, {"--vary", "workload.waiting=0.0,0.98", "--vary",
                                 "workload.task_time=20us,300ms"})
                        .back()
                        .parameters.text();
  EXPECT_THAT(text, HasSubstr("Y_NAME = 'time of a task, alone'"));
}

TEST_F(SweepPlot, OfOneStrategyIsNoMap) {
  const std::string path = folder_.write("one.yaml", test::kMixTasks + "strategies: [threads]\n");
  const std::string text =
      swept(path, {"--vary", "workload.task_time=2ms,3ms", "--vary", "workload.tasks=4,5"});
  EXPECT_THROW(pictures_of_sweep(text, "s.ndjson"), UsageError);
}

TEST_F(SweepPlot, OverTheSwitchIntervalIsATradeoffWithTheDefaultMarked) {
  const auto pictures = drawn(convoy_, {"--vary", "interpreter.switch_interval=1ms,4ms,20ms"});
  ASSERT_THAT(names(pictures), ElementsAre("interval-convoy", "tradeoff-convoy"));
  const std::string text = pictures[1].parameters.text();
  EXPECT_THAT(text, AllOf(HasSubstr("'sleeper beside cpu'"), HasSubstr("= '1 ms'"),
                          HasSubstr("= '20 ms'"), Not(HasSubstr("= '4 ms'"))));
  const std::size_t defaults = text.find("$DEFAULTS");
  ASSERT_NE(defaults, std::string::npos);
  EXPECT_EQ(text.substr(defaults).find("NaN"), std::string::npos);
}

TEST_F(SweepPlot, WithoutTheDefaultBetweenItsEndsMarksNone) {
  const auto pictures = drawn(convoy_, {"--vary", "interpreter.switch_interval=1ms,4ms"});
  const std::string text = pictures[1].parameters.text();
  EXPECT_THAT(text.substr(text.find("$DEFAULTS")), HasSubstr("NaN NaN"));
}

}  // namespace
}  // namespace gilsim::app
