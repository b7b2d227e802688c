#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "scenario/read.hpp"

namespace gilsim::scenario {
namespace {

using sim::Duration;

struct Spelling {
  const char* text;
  std::int64_t nanoseconds;
};

TEST(DurationText, UnitsAreExact) {
  const std::vector<Spelling> cases{
      {"1ns", 1},
      {"50us", 50'000},
      {"50\u00b5s", 50'000},
      {"50\u03bcs", 50'000},
      {"5ms", 5'000'000},
      {"1.5s", 1'500'000'000},
      {"0.000000001s", 1},
      {"2min", 120'000'000'000},
      {"0.000000000005h", 18},
      {"1h", 3'600'000'000'000},
      {"1_000ms", 1'000'000'000},
      {"0s", 0},
      {"-5ms", -5'000'000},
      {"9223372036854775807ns", std::numeric_limits<std::int64_t>::max()},
      {"-9223372036854775808ns", std::numeric_limits<std::int64_t>::min()},
      {"9223372036.854775807s", std::numeric_limits<std::int64_t>::max()},
  };
  for (const Spelling& spelling : cases) {
    Duration read;
    EXPECT_EQ(parse_duration(spelling.text, read), "") << spelling.text;
    EXPECT_EQ(read.count(), spelling.nanoseconds) << spelling.text;
  }
}

struct Refusal {
  const char* text;
  const char* message;
};

TEST(DurationText, AnythingElseIsRefusedWithTheWayOut) {
  const std::vector<Refusal> cases{
      {"5", "'5' has no unit: write 5ms"},
      {"0", "'0' has no unit: write 0ms"},
      {"5 ms", "'5 ms' has a space before its unit: write 5ms"},
      {"5m", "'5m' has an unknown unit 'm': write 5min or 5ms"},
      {"5sec",
       "'5sec' has an unknown unit 'sec': a number is directly followed by ns, us, ms, s, "
       "min or h"},
      {"", "'' is not a duration: write a number directly followed by ns, us, ms, s, min or h"},
      {"ms", "'ms' is not a duration: write a number directly followed by ns, us, ms, s, min or h"},
      {"inf",
       "'inf' is not a duration: write a number directly followed by ns, us, ms, s, min or "
       "h"},
      {"010ms", "'010ms' has a leading zero: write 10ms"},
      {"0.5ns", "'0.5ns' is finer than a nanosecond"},
      {"1.0000000001s", "'1.0000000001s' is finer than a nanosecond"},
      {"9223372036854775808ns", "'9223372036854775808ns' is longer than 292 years"},
      {"-9223372036854775809ns", "'-9223372036854775809ns' is longer than 292 years"},
      {"99999999999999999999999999999s",
       "'99999999999999999999999999999s' is longer than 292 years"},
  };
  for (const Refusal& refusal : cases) {
    Duration read = Duration::nanoseconds(42);
    EXPECT_EQ(parse_duration(refusal.text, read), refusal.message);
    EXPECT_EQ(read.count(), 42) << refusal.text;
  }
}

TEST(DurationText, FormatIsShortAndInOneUnit) {
  const std::vector<Spelling> cases{
      {"0s", 0},
      {"1ns", 1},
      {"999ns", 999},
      {"1us", 1'000},
      {"50us", 50'000},
      {"100ms", 100'000'000},
      {"1.5s", 1'500'000'000},
      {"90s", 90'000'000'000},
      {"1h", 3'600'000'000'000},
      {"24h", 86'400'000'000'000},
      {"-5ms", -5'000'000},
      {"1.4ms", 1'400'000},
  };
  for (const Spelling& spelling : cases) {
    EXPECT_EQ(format_duration(Duration::nanoseconds(spelling.nanoseconds)), spelling.text);
  }
}

TEST(DurationText, FormatReadsBackEqualAtAndBesideEveryPowerOfTenAndLimit) {
  std::vector<std::int64_t> values{std::numeric_limits<std::int64_t>::max(),
                                   std::numeric_limits<std::int64_t>::max() - 1,
                                   std::numeric_limits<std::int64_t>::min()};
  for (std::int64_t power = 1; power <= 1'000'000'000'000'000'000 / 10; power *= 10) {
    for (const std::int64_t value : {power - 1, power, power + 1, 36 * power / 10, 6 * power}) {
      values.push_back(value);
      values.push_back(-value);
    }
  }
  for (const std::int64_t value : values) {
    Duration read;
    const std::string text = format_duration(Duration::nanoseconds(value));
    EXPECT_EQ(parse_duration(text, read), "") << text;
    EXPECT_EQ(read.count(), value) << text;
  }
}

// Each bound of a declared duration, just inside and just outside.
TEST(DurationBounds, LimitIsAllowedAndANanosecondBeyondIsNot) {
  struct Pair {
    const char* inside;
    const char* outside;
  };
  const std::vector<Pair> pairs{{"1us", "999ns"}, {"100s", "100.000000001s"}};
  const auto reads = [](const std::string& interval) {
    try {
      read_scenario_text(
          "question: a\nstrategies: [threads]\nworkload: {tasks: 1, task: [wait: 1s]}\n"
          "interpreter: {switch_interval: " +
              interval + "}\n",
          "test.yaml");
    } catch (const ScenarioError&) {
      return false;
    }
    return true;
  };
  for (const Pair& pair : pairs) {
    EXPECT_TRUE(reads(pair.inside)) << pair.inside;
    EXPECT_FALSE(reads(pair.outside)) << pair.outside;
  }
}

}  // namespace
}  // namespace gilsim::scenario
