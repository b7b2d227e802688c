#include "bench/report.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "bench/options.hpp"

namespace gilsim::bench {
namespace {

constexpr Point kPoint{"lock", 2, Amount::kOperations, 100, 10, 25, 8};

Measured took(std::int64_t nanoseconds) { return {100, nanoseconds, 7, 1000}; }

TEST(Finding, HasTheBestAndTheMedianCostOfAnOperation) {
  const Finding odd = summarise(kPoint, {took(900), took(300), took(500)});
  EXPECT_DOUBLE_EQ(odd.best, 3);
  EXPECT_DOUBLE_EQ(odd.median, 5);
  const Finding even = summarise(kPoint, {took(900), took(300)});
  EXPECT_DOUBLE_EQ(even.median, 6);
}

TEST(Finding, RefusesRepetitionsThatDidDifferentThings) {
  Measured other = took(300);
  other.check = 8;
  EXPECT_THROW(summarise(kPoint, {took(300), other}), std::runtime_error);
  other = took(300);
  other.operations = 99;
  EXPECT_THROW(summarise(kPoint, {took(300), other}), std::runtime_error);
}

TEST(Stopwatch, IsDoneAfterWarmUpAndOperations) {
  Stopwatch stopwatch(3, 2);
  int counted = 1;
  while (!stopwatch.count()) ++counted;
  EXPECT_EQ(counted, 5);
  EXPECT_EQ(stopwatch.measured(0).operations, 2);
}

TEST(BenchOptions, RefuseWhatTheyCannotDo) {
  EXPECT_THROW(parse_options({"--repetitions", "0"}), UsageError);
  EXPECT_THROW(parse_options({"--repetitions", "3x"}), UsageError);
  EXPECT_THROW(parse_options({"--repetitions"}), UsageError);
  EXPECT_THROW(parse_options({"--size", "3"}), UsageError);
  EXPECT_THROW(parse_options({"--workload", "lock", "--amount", "3"}), UsageError);
  EXPECT_THROW(parse_options({"--fast"}), UsageError);
}

}  // namespace
}  // namespace gilsim::bench
