#include <gtest/gtest.h>

#include "scenario/number.hpp"
#include "scenario/suggest.hpp"
#include "scenario/utf8.hpp"

namespace gilsim::scenario {
namespace {

TEST(Suggest, DistanceCountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("tasks", "tasks"), 0);
  EXPECT_EQ(edit_distance("task", "tasks"), 1);
  EXPECT_EQ(edit_distance("taks", "task"), 1);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
}

TEST(Suggest, NothingFarIsSuggested) {
  EXPECT_EQ(nearest("worker", {"host", "workers"}), "workers");
  EXPECT_EQ(nearest("WORKERS", {"host", "workers"}), "workers");
  EXPECT_EQ(nearest("gigahertz", {"cores", "tick"}), "");
  EXPECT_EQ(nearest("x", {"y", "z"}), "");
}

TEST(Utf8, OverlongSurrogatesAndCutSequencesAreNoText) {
  for (const std::string bad : {"\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80",
                                "\xf4\x90\x80\x80", "\x80", "\xe6\xbc"}) {
    std::size_t position = 0;
    EXPECT_EQ(next_character(bad, position), -1);
    EXPECT_EQ(position, 1U);
  }
  std::size_t position = 0;
  EXPECT_EQ(next_character("\u6f22", position), 0x6f22);
  EXPECT_EQ(position, 3U);
}

TEST(Utf8, PrefixIsAsWideAsTheTextAndKeepsTabs) {
  EXPECT_EQ(blank_prefix("a\t\u00fcb", 3), " \t ");
  EXPECT_EQ(blank_prefix("\u6f22x", 2), "   ");
  EXPECT_EQ(blank_prefix("e\u0301x", 3), "  ");
}

TEST(Number, LimitsOfAnIntegerAreReadAndOneBeyondIsNot) {
  std::int64_t value = 0;
  EXPECT_FALSE(parse_integer("9223372036854775807", value));
  EXPECT_EQ(value, 9223372036854775807);
  EXPECT_EQ(parse_integer("9223372036854775808", value).message, "is too large");
  EXPECT_FALSE(parse_integer("-9.223372036854775808e18", value));
  EXPECT_EQ(value, std::numeric_limits<std::int64_t>::min());
}

TEST(Number, OnlyDecimalsAreNumbers) {
  std::int64_t integer = 0;
  double real = 0;
  for (const char* text : {"", "-", "+5", "0x10", "0o10", "1__0", "_1", "1_", "5.", ".5", "1e",
                           "1e+", "1e+-5", "1e99999", "nan", ".inf", "5 ", " 5", "1,5"}) {
    EXPECT_TRUE(parse_integer(text, integer)) << text;
    EXPECT_TRUE(parse_real(text, real)) << text;
  }
  EXPECT_EQ(parse_integer("007", integer).hint, "write 7; numbers are decimal");
  EXPECT_EQ(parse_real("00.5", real).hint, "write 0.5; numbers are decimal");
}

}  // namespace
}  // namespace gilsim::scenario
