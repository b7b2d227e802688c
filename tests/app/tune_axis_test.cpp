// The values between which `gilsim tune` looks closer.
#include "app/tune_axis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gilsim::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<AxisValue> values(const std::vector<std::string>& texts) {
  std::vector<AxisValue> all;
  for (const std::string& text : texts) all.push_back(*axis_value(text));
  return all;
}

std::vector<std::string> between(const std::string& value, const std::vector<std::string>& tried) {
  return between_neighbours(*axis_value(value), values(tried));
}

TEST(TuneAxis, LooksInTheGeometricMiddleOfBothNeighbours) {
  EXPECT_THAT(between("1ms", {"100us", "500us", "1ms", "2ms", "50ms"}),
              ElementsAre("710us", "1.4ms"));
  EXPECT_THAT(between("4", {"1", "4", "16", "64"}), ElementsAre("2", "8"));
}

TEST(TuneAxis, AnEndHasOneNeighbour) {
  EXPECT_THAT(between("50us", {"50us", "100us"}), ElementsAre("71us"));
  EXPECT_THAT(between("50us", {"50us"}), IsEmpty());
}

TEST(TuneAxis, StopsWhereNeighboursAreATenthApartOrNextToEachOther) {
  EXPECT_THAT(between("1ms", {"920us", "1ms", "1.05ms"}), IsEmpty());
  EXPECT_THAT(between("3", {"2", "3", "4"}), IsEmpty());
}

TEST(TuneAxis, WritesTwoDigitsThatReadBack) {
  EXPECT_EQ(axis_text(*axis_value("1234567ns")), "1.2ms");
  EXPECT_EQ(axis_text(*axis_value("9.97ms")), "10ms");
  EXPECT_EQ(axis_text(*axis_value("845us")), "850us");
  EXPECT_EQ(axis_text(*axis_value("2s")), "2s");
  EXPECT_EQ(axis_text(*axis_value("137")), "137");
  EXPECT_EQ(axis_text(*axis_value("0.333")), "0.33");
}

TEST(TuneAxis, WordsHaveNoNeighbours) { EXPECT_FALSE(axis_value("threads")); }

}  // namespace
}  // namespace gilsim::app
