#include "analysis/mean_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

// Quantiles of Student's t from the usual tables: t(0.975) = 12.706 for 1, 2.776 for 4 degrees of
// freedom.
TEST(MeanInterval, IsStudentsOfTheTables) {
  const MeanInterval two = mean_interval({1, 3}, 0.95);
  EXPECT_DOUBLE_EQ(two.mean, 2);
  EXPECT_NEAR(two.half_width, 12.706, 0.001);
  const MeanInterval five = mean_interval({1, 2, 3, 4, 5}, 0.95);
  EXPECT_NEAR(five.half_width, 2.776 * std::sqrt(2.5 / 5), 0.001);
}

TEST(MeanInterval, RelativeWidthIsThatOfTheMeansSize) {
  EXPECT_NEAR(relative_half_width({-1, -3}, 0.95), 12.706 / 2, 0.001);
  EXPECT_EQ(relative_half_width({0, 0}, 0.95), 0);
  EXPECT_TRUE(std::isinf(relative_half_width({-1, 1}, 0.95)));
}

TEST(MeanInterval, OneValueHasNone) {
  EXPECT_THROW(mean_interval({1}, 0.95), std::invalid_argument);
  EXPECT_THROW(mean_interval({1, 2}, 1), std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::analysis
