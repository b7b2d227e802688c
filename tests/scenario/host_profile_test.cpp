#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample_profile.hpp"
#include "scenario/read.hpp"

namespace gilsim::scenario {
namespace {

using testing::HasSubstr;

std::string profile_with(const std::string& from, const std::string& to) {
  std::string text = kSampleProfile;
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::string profile_complaint(const std::string& text) {
  try {
    read_host_profile_text(text, "host.yaml");
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "fine";
}

TEST(HostProfile, ValuesAndSpreadsAreRead) {
  const model::HostProfile profile = read_host_profile_text(kSampleProfile, "host.yaml");
  EXPECT_EQ(profile.machine.cores, 4);
  ASSERT_EQ(profile.machine.timer_wake.size(), 2U);
  EXPECT_EQ(profile.machine.timer_wake[0].latency.low, sim::Duration::microseconds(20));
  EXPECT_EQ(profile.machine.timer_wake[0].latency.samples, 200);
  EXPECT_EQ(profile.machine.timer_wake[1].idle, sim::Duration::milliseconds(10));
  EXPECT_EQ(profile.machine.parallel_speed.high, 0.97);
  ASSERT_EQ(profile.interpreters.size(), 2U);
  EXPECT_EQ(profile.interpreters[0].rates.main.high, 3.9e7);
  EXPECT_EQ(profile.interpreters[0].rates.child.low, 3.7e7);
  EXPECT_TRUE(profile.interpreters[0].pools.spawn.has_value());
  EXPECT_FALSE(profile.interpreters[0].pools.forkserver.has_value());
}

TEST(HostProfile, PrintsWhatReadsBackEqual) {
  const std::string printed =
      print_host_profile(read_host_profile_text(kSampleProfile, "host.yaml"));
  EXPECT_EQ(print_host_profile(read_host_profile_text(printed, "printed.yaml")), printed);
  EXPECT_THAT(printed, HasSubstr("latency: {median: 30us, low: 20us, high: 60us, samples: 200}"));
  EXPECT_THAT(printed, HasSubstr("kernel: \"6.1\""));
}

TEST(HostProfile, AnyNumberPrintsToTheLastDigit) {
  model::HostProfile profile = read_host_profile_text(kSampleProfile, "host.yaml");
  for (const double rate : {1.0 / 0.3, 12345678.9012345, 1e300, 3.0000000000000004}) {
    profile.interpreters[0].rates.main = model::Estimate::exactly(rate);
    const auto again = read_host_profile_text(print_host_profile(profile), "printed.yaml");
    EXPECT_EQ(again.interpreters[0].rates.main.median, rate);
  }
}

TEST(HostProfile, AnyTextPrintsAndReadsBackEqual) {
  model::HostProfile profile = read_host_profile_text(kSampleProfile, "host.yaml");
  for (const char* text :
       {"",     " ",    "5",        "true", "null",       "~",      "a: b",
        "# no", "[x",   "\"q\" \\", "\t",   "two\nlines", "- item", "caf\u00e9 \u6f22",
        "1e5",  "0x1f", "*a",       "x ",   "\x01\x7f",   "no",     "'",
        "{}",   "---"}) {
    profile.description = text;
    EXPECT_EQ(read_host_profile_text(print_host_profile(profile), "printed.yaml").description,
              text);
  }
}

TEST(HostProfile, QuantilesAreInOrder) {
  EXPECT_EQ(profile_complaint(profile_with("low: 20us, high: 60us", "low: 40us, high: 60us")),
            "host.yaml:8:28: error: 'latency' needs low <= median <= high\n"
            "      - {idle: 1ms, latency: {median: 30us, low: 40us, high: 60us, samples: 200}}\n"
            "                             ^\n"
            "  hint: they are the 5 %, 50 % and 95 % quantiles");
}

TEST(HostProfile, BoundsHoldForEveryQuantile) {
  EXPECT_THAT(profile_complaint(profile_with("parallel_speed: 0.97", "parallel_speed: 3")),
              HasSubstr("host.yaml:10:19: error: 'parallel_speed' must be at most 2, not 3"));
  EXPECT_THAT(profile_complaint(profile_with("low: 3.7e7", "low: 0.5")),
              HasSubstr("host.yaml:14:34: error: 'low' must be at least 1, not 0.5"));
}

TEST(HostProfile, ThreadsOfTheMemoryCurveRise) {
  EXPECT_THAT(profile_complaint(profile_with("parallel_speed: 0.97",
                                             "memory: [{threads: 2, bandwidth: 9}, {threads: 1, "
                                             "bandwidth: 8}]\n  parallel_speed: 0.97")),
              HasSubstr("host.yaml:10:50: error: the threads of 'memory' must rise"));
}

TEST(HostProfile, IdleTimesOfACurveRise) {
  EXPECT_EQ(profile_complaint(profile_with("idle: 10ms", "idle: 1ms")),
            "host.yaml:9:14: error: the idle times of 'timer_wake' must rise\n"
            "      - {idle: 1ms, latency: 50us}\n"
            "               ^\n"
            "  hint: this one comes after 1ms");
}

TEST(HostProfile, SameInterpreterTwiceIsRefused) {
  EXPECT_THAT(profile_complaint(profile_with("3.1.5", "3.11.2")),
              HasSubstr("error: interpreter 3.11.2 is there twice"));
}

TEST(HostProfile, OtherFormatVersionIsRefused) {
  EXPECT_THAT(profile_complaint(profile_with("profile: 1", "profile: 2")),
              HasSubstr("host.yaml:1:10: error: 'profile' must be at most 1, not 2"));
}

}  // namespace
}  // namespace gilsim::scenario
