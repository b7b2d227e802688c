#include "sim/quantile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <stdexcept>

namespace gilsim::sim {
namespace {

TEST(Quantile, InterpolatesLinearlyBetweenOrderStatisticsAsHyndmanFanTypeSeven) {
  // R: quantile(c(15, 20, 35, 40, 50), c(0.05, 0.25, 0.4, 0.9), type = 7)
  const std::vector<double> sample = {40, 15, 50, 35, 20};
  EXPECT_DOUBLE_EQ(quantile(sample, 0.05), 16);
  EXPECT_DOUBLE_EQ(quantile(sample, 0.25), 20);
  EXPECT_DOUBLE_EQ(quantile(sample, 0.4), 29);
  EXPECT_DOUBLE_EQ(quantile(sample, 0.9), 46);
}

TEST(Quantile, MedianOfAnEvenSampleIsTheMeanOfTheMiddleTwo) {
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
}

TEST(Quantile, EndsAreSmallestAndLargest) {
  EXPECT_EQ(quantile({3, 1, 2}, 0), 1);
  EXPECT_EQ(quantile({3, 1, 2}, 1), 3);
}

TEST(Quantile, OneValueIsEveryQuantile) {
  for (const double probability : {0.0, 0.05, 0.5, 1.0}) EXPECT_EQ(quantile({7}, probability), 7);
}

TEST(Quantile, NeverFallsWithRisingProbabilityAndStaysInsideTheSample) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(-5, 5);
  for (int size = 1; size < 40; ++size) {
    std::vector<double> sample(static_cast<std::size_t>(size));
    for (double& value : sample) value = uniform(random);
    const auto [smallest, largest] = std::minmax_element(sample.begin(), sample.end());
    double last = *smallest;
    for (int percent = 0; percent <= 100; ++percent) {
      const double value = quantile(sample, percent / 100.0);
      EXPECT_GE(value, last);
      EXPECT_LE(value, *largest);
      last = value;
    }
  }
}

TEST(Quantile, IsTheSameForAnyOrderOfTheSample) {
  std::vector<double> sample = {1, 2, 3, 5, 8, 13};
  const double expected = quantile(sample, 0.9);
  do {
    ASSERT_EQ(quantile(sample, 0.9), expected);
  } while (std::next_permutation(sample.begin(), sample.end()));
}

TEST(Quantile, RefusesWhatHasNone) {
  EXPECT_THROW(quantile({}, 0.5), std::invalid_argument);
  EXPECT_THROW(quantile({1, std::numeric_limits<double>::quiet_NaN()}, 0.5), std::invalid_argument);
  EXPECT_THROW(quantile({std::numeric_limits<double>::infinity()}, 0.5), std::invalid_argument);
  EXPECT_THROW(quantile({1}, -0.1), std::invalid_argument);
  EXPECT_THROW(quantile({1}, 1.1), std::invalid_argument);
  EXPECT_THROW(quantile({1}, std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::sim
