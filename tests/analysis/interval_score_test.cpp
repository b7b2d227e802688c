#include "analysis/interval_score.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gilsim::analysis {
namespace {

TEST(IntervalScore, CountsSingleRunsAndMediansInsideEndsIncluded) {
  const IntervalScore score = score_intervals({{{10, 9, 11}, {9, 11, 12, 13}},  // median 11.5
                                               {{10, 8, 12}, {10}},
                                               {{10, 8, 12}, {}}});
  EXPECT_EQ(score.points, 2) << "a point that was not measured is none";
  EXPECT_EQ(score.values, 5);
  EXPECT_EQ(score.inside, 3);
  EXPECT_EQ(score.medians_inside, 1);
}

TEST(IntervalScore, WidthIsRelativeToTheMedian) {
  const IntervalScore score = score_intervals({{{100, 90, 130}, {100}}});
  EXPECT_DOUBLE_EQ(score.median_width.value(), 0.4);
  EXPECT_DOUBLE_EQ(score.measured_spread.value(), 0);
  EXPECT_FALSE(score_intervals({}).median_width);
}

// E. B. Wilson's interval by hand: 9 of 10 gives 0.596 to 0.982.
TEST(ShareLimits, AreWilsons) {
  const Share share = share_limits(9, 10);
  EXPECT_NEAR(share.low, 0.5958, 1e-4);
  EXPECT_NEAR(share.high, 0.9821, 1e-4);
  EXPECT_NEAR(share_limits(0, 10).low, 0, 1e-12);
  EXPECT_THROW(share_limits(1, 0), std::invalid_argument);
  EXPECT_THROW(share_limits(3, 2), std::invalid_argument);
}

TEST(RangesAgree, WhereEachMedianLiesInTheOtherRange) {
  EXPECT_TRUE(ranges_agree({10, 5, 20}, {12, 9, 14}));
  EXPECT_FALSE(ranges_agree({10, 5, 20}, {12, 11, 14})) << "10 is below all that was measured";
  EXPECT_FALSE(ranges_agree({10, 9, 11}, {12, 9, 14})) << "12 is above all that was predicted";
}

}  // namespace
}  // namespace gilsim::analysis
