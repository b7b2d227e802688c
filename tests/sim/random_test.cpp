#include "sim/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gilsim::sim {
namespace {

TEST(RandomStream, DependsOnSeedReplicationAndNameAlone) {
  EXPECT_EQ(RandomStream(1, 2, "a").bits(), RandomStream(1, 2, "a").bits());
  const std::uint64_t first = RandomStream(1, 2, "a").bits();
  EXPECT_NE(first, RandomStream(2, 2, "a").bits());
  EXPECT_NE(first, RandomStream(1, 3, "a").bits());
  EXPECT_NE(first, RandomStream(1, 2, "b").bits());
  EXPECT_NE(first, RandomStream(2, 1, "a").bits());
}

// A mean of n draws of unit variance lies within 5 / sqrt(n) of the truth but once in 1.7 million.
template <class Draw>
void expect_moments(Draw draw, double mean, double variance, double spread_of_squares) {
  constexpr int n = 1'000'000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < n; ++i) {
    const double x = draw();
    sum += x;
    squares += (x - mean) * (x - mean);
  }
  EXPECT_NEAR(sum / n, mean, 5 * std::sqrt(variance / n));
  EXPECT_NEAR(squares / n, variance, 5 * spread_of_squares / std::sqrt(n));
}

TEST(RandomStream, UniformHasMeanOneHalfAndVarianceOneTwelfth) {
  RandomStream r(1, 0, "uniform");
  expect_moments([&] { return r.uniform(); }, 0.5, 1.0 / 12, std::sqrt(1.0 / 180));
}

TEST(RandomStream, ExponentialHasMeanOneAndVarianceOne) {
  RandomStream r(1, 0, "exponential");
  expect_moments([&] { return r.exponential(); }, 1, 1, std::sqrt(8.0));
}

TEST(RandomStream, NormalHasMeanZeroAndVarianceOne) {
  RandomStream r(1, 0, "normal");
  expect_moments([&] { return r.normal(); }, 0, 1, std::sqrt(2.0));
}

TEST(NormalQuantile, InvertsTheDistributionFunction) {
  for (double p = 1e-12; p < 1; p = p < 1e-3 ? p * 10 : p + 0.0173) {
    const double x = normal_quantile(p);
    EXPECT_NEAR(0.5 * std::erfc(-x / std::sqrt(2.0)), p, 1e-13 + 1e-12 * p) << p;
  }
  EXPECT_EQ(normal_quantile(0.5), 0);
}

}  // namespace
}  // namespace gilsim::sim
