#include "app/plot_axis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gilsim::app {
namespace {

using testing::ElementsAre;
using testing::Ge;
using testing::Gt;
using testing::Le;
using testing::Lt;

std::vector<std::string> names_of(const LogAxis& axis) {
  std::vector<std::string> names;
  for (const Tic& tic : axis.tics) names.push_back(tic.name);
  return names;
}

TEST(TicName, SpellsTimesInTheUnitThatLeavesNoZeros) {
  EXPECT_EQ(tic_name(5e-9, "s"), "5 ns");
  EXPECT_EQ(tic_name(1e-6, "s"), "1 µs");
  EXPECT_EQ(tic_name(50e-6, "s"), "50 µs");
  EXPECT_EQ(tic_name(1e-3, "s"), "1 ms");
  EXPECT_EQ(tic_name(0.2, "s"), "200 ms");
  EXPECT_EQ(tic_name(1, "s"), "1 s");
  EXPECT_EQ(tic_name(300, "s"), "300 s");
}

TEST(TicName, SpellsOtherNumbersWithThousandsAndMillions) {
  EXPECT_EQ(tic_name(0.5, "1"), "0.5");
  EXPECT_EQ(tic_name(200, "1/s"), "200");
  EXPECT_EQ(tic_name(1000, "1/s"), "1 k");
  EXPECT_EQ(tic_name(2e6, "1/s"), "2 M");
}

TEST(LogAxis, HoldsEveryValueWithRoomAtBothEnds) {
  const LogAxis axis = log_axis({0.02, 3, 0.5}, "s");
  EXPECT_THAT(axis.low, Lt(0.02));
  EXPECT_THAT(axis.high, Gt(3));
}

TEST(LogAxis, NamesFewerValuesTheWiderItIs) {
  EXPECT_THAT(names_of(log_axis({1, 3}, "1")), ElementsAre("1", "1.5", "2", "3"));
  EXPECT_THAT(names_of(log_axis({1, 10}, "1")), ElementsAre("1", "2", "5", "10"));
  EXPECT_THAT(names_of(log_axis({0.1, 5}, "s")), ElementsAre("100 ms", "300 ms", "1 s", "3 s"));
  EXPECT_THAT(names_of(log_axis({1, 1e4}, "1/s")), ElementsAre("1", "10", "100", "1 k", "10 k"));
}

TEST(LogAxis, NamesAtLeastTwoValuesHoweverCloseTheFiguresAre) {
  for (double value = 1e-6; value < 1e6; value *= 1.37) {
    const LogAxis axis = log_axis({value, value * 1.001}, "1");
    EXPECT_THAT(axis.tics.size(), Ge(2u)) << value;
    EXPECT_THAT(axis.tics.front().value, Ge(axis.low)) << value;
    EXPECT_THAT(axis.tics.back().value, Le(axis.high)) << value;
  }
}

TEST(LogAxis, LeavesOutWhatHasNoLogarithm) {
  const LogAxis with_zero = log_axis({0, -1, 2, 8}, "1");
  const LogAxis without = log_axis({2, 8}, "1");
  EXPECT_EQ(with_zero.low, without.low);
  EXPECT_EQ(with_zero.high, without.high);
  EXPECT_FALSE(log_axis({0}, "1").tics.empty());
}

TEST(Wrapped, CutsAtSpacesAndCountsCharactersNotBytes) {
  EXPECT_EQ(wrapped("one two  three", 7), "one two\nthree");
  EXPECT_EQ(wrapped("µµµ µµµ", 7), "µµµ µµµ");
  EXPECT_EQ(wrapped("immeasurable a", 5), "immeasurable\na");
  EXPECT_EQ(wrapped("", 5), "");
}

TEST(Balanced, KeepsTheNumberOfLinesAndLeavesNoWordAlone) {
  EXPECT_EQ(wrapped("how long do they take now?", 22), "how long do they take\nnow?");
  EXPECT_EQ(balanced("how long do they take now?", 22), "how long do\nthey take now?");
  EXPECT_EQ(balanced("short", 22), "short");
}

}  // namespace
}  // namespace gilsim::app
