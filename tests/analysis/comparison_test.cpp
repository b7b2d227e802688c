#include "analysis/comparison.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace gilsim::analysis {
namespace {

Band exactly(double value) { return {value, value, value}; }

TEST(RelativeError, IsSignedAndRelativeToTheMeasurement) {
  EXPECT_DOUBLE_EQ(relative_error(11, 10).value(), 0.1);
  EXPECT_DOUBLE_EQ(relative_error(9, 10).value(), -0.1);
  EXPECT_EQ(relative_error(10, 10).value(), 0);
}

TEST(RelativeError, HasNoMeaningWithoutAPositiveMeasurement) {
  EXPECT_FALSE(relative_error(1, 0).has_value());
  EXPECT_FALSE(relative_error(1, -2).has_value());
  EXPECT_FALSE(relative_error(1, std::numeric_limits<double>::quiet_NaN()).has_value());
  EXPECT_FALSE(relative_error(std::numeric_limits<double>::infinity(), 1).has_value());
}

TEST(Summarize, TakesMedianAndNinetiethPercentileOfAbsoluteErrors) {
  // Absolute errors 0.1, 0.2, 0.3: the 90 % quantile lies at 0.2 + 0.8 * 0.1.
  const Summary summary = summarize({{exactly(9), exactly(10), {}},
                                     {exactly(12), exactly(10), {}},
                                     {exactly(130), exactly(100), {}}});
  EXPECT_EQ(summary.errors.n, 3);
  EXPECT_DOUBLE_EQ(summary.errors.median_abs_error.value(), 0.2);
  EXPECT_DOUBLE_EQ(summary.errors.p90_abs_error.value(), 0.28);
}

TEST(Summarize, CoversAMeasuredMedianOnTheEdgeOfTheBandAndNotBeyondIt) {
  const Band predicted = {10, 9, 11};
  EXPECT_EQ(summarize({{predicted, exactly(9), {}}, {predicted, exactly(11), {}}}).coverage, 1);
  EXPECT_EQ(summarize({{predicted, exactly(8.999), {}}, {predicted, exactly(11.001), {}}}).coverage,
            0);
  EXPECT_EQ(summarize({{predicted, exactly(10), {}}, {predicted, exactly(12), {}}}).coverage, 0.5);
}

TEST(Summarize, CoverageAsksForTheMeasuredMedianNotForOverlappingBands) {
  EXPECT_EQ(summarize({{{10, 9, 11}, {12, 10, 14}, {}}}).coverage, 0);
}

TEST(Summarize, ScoresEachBaselineOverThePointsItPredicts) {
  const Summary summary = summarize({{exactly(10), exactly(10), {{"ideal", 5}, {"bound", 9}}},
                                     {exactly(20), exactly(20), {{"ideal", 15}}}});
  ASSERT_EQ(summary.baselines.size(), 2u);
  EXPECT_EQ(summary.baselines.at("ideal").n, 2);
  EXPECT_DOUBLE_EQ(summary.baselines.at("ideal").median_abs_error.value(), 0.375);
  EXPECT_EQ(summary.baselines.at("bound").n, 1);
  EXPECT_DOUBLE_EQ(summary.baselines.at("bound").p90_abs_error.value(), 0.1);
  EXPECT_EQ(summary.errors.median_abs_error, 0);
}

TEST(Summarize, LeavesOutPointsThatHaveNoRelativeError) {
  const Summary summary =
      summarize({{exactly(3), exactly(0), {{"ideal", 1}}}, {exactly(11), exactly(10), {}}});
  EXPECT_EQ(summary.errors.n, 1);
  EXPECT_DOUBLE_EQ(summary.errors.median_abs_error.value(), 0.1);
  EXPECT_TRUE(summary.baselines.empty());
}

TEST(Summarize, SaysNothingAboutNothing) {
  const Summary summary = summarize({});
  EXPECT_EQ(summary.errors.n, 0);
  EXPECT_FALSE(summary.errors.median_abs_error.has_value());
  EXPECT_FALSE(summary.errors.p90_abs_error.has_value());
  EXPECT_FALSE(summary.coverage.has_value());
}

}  // namespace
}  // namespace gilsim::analysis
