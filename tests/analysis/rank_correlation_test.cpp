#include "analysis/rank_correlation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

TEST(RankCorrelation, IsOneForTheSameOrderWhateverTheFigures) {
  EXPECT_DOUBLE_EQ(spearman({1, 2, 3, 4}, {10, 11, 400, 401}).value(), 1);
  EXPECT_DOUBLE_EQ(kendall({1, 2, 3, 4}, {10, 11, 400, 401}).value(), 1);
}

TEST(RankCorrelation, IsMinusOneForTheReversedOrder) {
  EXPECT_DOUBLE_EQ(spearman({1, 2, 3}, {9, 4, 1}).value(), -1);
  EXPECT_DOUBLE_EQ(kendall({1, 2, 3}, {9, 4, 1}).value(), -1);
}

// 1 - 6 sum d^2 / (n (n^2 - 1)) with d = 0, 1, -1, 0, 0; nine pairs of ten agree.
TEST(RankCorrelation, OneNeighbouringPairExchangedCostsWhatTheFormulasSay) {
  EXPECT_DOUBLE_EQ(spearman({1, 2, 3, 4, 5}, {1, 3, 2, 4, 5}).value(), 1 - 6.0 * 2 / (5 * 24));
  EXPECT_DOUBLE_EQ(kendall({1, 2, 3, 4, 5}, {1, 3, 2, 4, 5}).value(), 0.8);
}

TEST(RankCorrelation, EqualFiguresShareARankAndCountForNeitherOrder) {
  EXPECT_NEAR(spearman({1, 1, 2}, {1, 2, 3}).value(), std::sqrt(3) / 2, 1e-12);
  EXPECT_NEAR(kendall({1, 1, 2}, {1, 2, 3}).value(), 2 / std::sqrt(6), 1e-12);
}

TEST(RankCorrelation, IsNothingWhereThereIsNoOrder) {
  EXPECT_FALSE(spearman({1, 1}, {1, 2}));
  EXPECT_FALSE(kendall({1}, {1}));
  EXPECT_FALSE(kendall({}, {}));
}

TEST(RankCorrelation, RefusesListsThatDoNotGoTogether) {
  EXPECT_THROW(spearman({1, 2}, {1}), std::invalid_argument);
  EXPECT_THROW(kendall({1, std::numeric_limits<double>::quiet_NaN()}, {1, 2}),
               std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::analysis
