#include "app/format.hpp"

#include <gtest/gtest.h>

namespace gilsim::app {
namespace {

TEST(Format, TimesKeepThreeDigitsInTheUnitThatFits) {
  EXPECT_EQ(human_time(0), "0 ns");
  EXPECT_EQ(human_time(999), "999 ns");
  EXPECT_EQ(human_time(1000), "1.00 µs");
  EXPECT_EQ(human_time(999'499), "999 µs");
  EXPECT_EQ(human_time(999'500), "1.00 ms");
  EXPECT_EQ(human_time(14'400'000), "14.4 ms");
  EXPECT_EQ(human_time(3'600'000'000.0), "3.60 s");
  EXPECT_EQ(human_time(123e9), "123 s");
}

TEST(Format, RatesAndRatiosAndPercents) {
  EXPECT_EQ(human_rate(162.4), "162/s");
  EXPECT_EQ(human_rate(9.25), "9.25/s");
  EXPECT_EQ(human_rate(18'500), "18.5 k/s");
  EXPECT_EQ(human_rate(2.4e6), "2.40 M/s");
  EXPECT_EQ(human_ratio(0.987), "0.99×");
  EXPECT_EQ(signed_percent(0.042), "+4.2 %");
  EXPECT_EQ(signed_percent(-0.01), "-1.0 %");
  EXPECT_EQ(human_count(497), "497");
  EXPECT_EQ(human_count(1.25), "1.2");
}

TEST(Format, AWordForTheShellIsQuotedOnlyWhereItMustBe) {
  EXPECT_EQ(shell_quoted("configs/talk/countdown.yaml"), "configs/talk/countdown.yaml");
  EXPECT_EQ(shell_quoted("a b"), "'a b'");
  EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_quoted(""), "''");
}

TEST(Format, TextOfAFileCannotDriveTheTerminal) {
  EXPECT_EQ(printable("a\x1b[31m\nb"), "a [31m b");
  EXPECT_EQ(printable("µ×"), "µ×");
}

}  // namespace
}  // namespace gilsim::app
