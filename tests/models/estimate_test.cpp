#include "models/estimate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace gilsim::model {
namespace {

TEST(Cost, DrawsHaveTheQuantilesThatWereMeasured) {
  const Cost cost{sim::Duration::microseconds(50), sim::Duration::microseconds(40),
                  sim::Duration::microseconds(90), 100};
  sim::RandomStream random(1, 0, "cost");
  std::vector<double> draws;
  for (int i = 0; i < 200'000; ++i) draws.push_back(static_cast<double>(cost.draw(random).count()));
  std::sort(draws.begin(), draws.end());
  // A quantile of 200,000 draws is off by 5 standard errors at most, 0.25 % of the rank.
  EXPECT_NEAR(draws[10'000], 40'000, 300);
  EXPECT_NEAR(draws[100'000], 50'000, 300);
  EXPECT_NEAR(draws[190'000], 90'000, 1'200);
}

TEST(Cost, WithoutSpreadIsTheSameEveryTime) {
  const Cost cost = Cost::exactly(sim::Duration::microseconds(7));
  sim::RandomStream random(1, 0, "cost");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(cost.draw(random), sim::Duration::microseconds(7));
}

TEST(Cost, WithoutSpreadConsumesAsManyRandomNumbersAsWithOne) {
  const auto ms = sim::Duration::milliseconds(1);
  sim::RandomStream random(1, 0, "cost");
  sim::RandomStream other(1, 0, "cost");
  Cost::exactly(ms).draw(random);
  Cost{ms, ms / 2, ms * 2, 9}.draw(other);
  EXPECT_EQ(random.bits(), other.bits());
}

TEST(Cost, PreparedOrNotDrawsTheSame) {
  const auto us = [](int n) { return sim::Duration::microseconds(n); };
  for (const Cost& cost : {Cost{us(50), us(40), us(90), 9}, Cost{us(5), us(5), us(9), 9},
                           Cost{us(5), us(1), us(5), 9}, Cost::exactly(us(3))}) {
    sim::RandomStream random(1, 0, "cost");
    sim::RandomStream other(1, 0, "cost");
    const PreparedCost prepared(cost);
    for (int i = 0; i < 100; ++i) ASSERT_EQ(prepared.draw(random), cost.draw(other));
  }
}

TEST(Cost, OfNothingIsNothing) {
  const Cost cost{{}, {}, sim::Duration::microseconds(3), 10};
  sim::RandomStream random(1, 0, "cost");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(cost.draw(random), sim::Duration{});
}

constexpr sim::Duration us(std::int64_t n) { return sim::Duration::microseconds(n); }

TEST(Without, MediansSubtractAndSpreadsSubtractAsIndependentOnes) {
  const Cost total = {us(100), us(95), us(105), 40};  // 5 to either side
  const Cost part = {us(30), us(26), us(33), 50};     // 4 below, 3 above
  const Cost rest = without(total, part);
  EXPECT_EQ(rest.median, us(70));
  EXPECT_EQ(rest.low, us(67));   // 3 = sqrt(25 - 16)
  EXPECT_EQ(rest.high, us(74));  // 4 = sqrt(25 - 9)
  EXPECT_EQ(rest.samples, 40);
}

TEST(Without, IsNeverBelowZero) {
  const Cost rest = without({us(10), us(9), us(11), 5}, {us(30), us(29), us(31), 5});
  EXPECT_EQ(rest.median, sim::Duration());
  EXPECT_EQ(rest.low, sim::Duration());
}

}  // namespace
}  // namespace gilsim::model
