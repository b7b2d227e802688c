#include "sim/time.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace gilsim::sim {
namespace {

TEST(Duration, RoundsToTheNearestNanosecond) {
  EXPECT_EQ(Duration::from_nanoseconds(1.4).count(), 1);
  EXPECT_EQ(Duration::from_nanoseconds(1.5).count(), 2);
  EXPECT_EQ(Duration::from_nanoseconds(-1.5).count(), -2);
  EXPECT_EQ(Duration::nanoseconds(10).scaled(0.25).count(), 3);
}

TEST(Duration, SaturatesInsteadOfOverflowing) {
  EXPECT_EQ(Duration::from_seconds(1e300), Duration::max());
  EXPECT_EQ(Duration::from_seconds(-1e300).count(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Duration::from_seconds(std::numeric_limits<double>::quiet_NaN()).count(), 0);
}

TEST(Time, DifferenceOfTimesIsADuration) {
  const Time start;
  const Time later = start + Duration::milliseconds(5);
  EXPECT_EQ(later - start, Duration::microseconds(5000));
  EXPECT_LT(start, later);
}

}  // namespace
}  // namespace gilsim::sim
