#include "analysis/selection.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "sim/random.hpp"

namespace gilsim::analysis {
namespace {

using Indices = std::vector<std::size_t>;

TEST(Selection, TheBestHasTheSmallestMeanAndIsNotWorse) {
  const Selection seen = select({{3, 3.1, 2.9}, {1, 1.1, 0.9}, {2, 2.1, 1.9}}, 0.95);
  EXPECT_EQ(seen.best, 1U);
  EXPECT_EQ(seen.worse, (std::vector<bool>{true, false, true}));
}

TEST(Selection, OnlyWhoIsEligibleIsTheBest) {
  const Selection seen =
      select({{1, 1.1, 0.9}, {2, 2.1, 1.9}, {3, 3.1, 2.9}}, 0.95, {false, true, true});
  EXPECT_EQ(seen.best, 1U);
  EXPECT_EQ(seen.worse, (std::vector<bool>{false, false, true}));
  EXPECT_THROW(select({{1, 1}, {2, 2}}, 0.95, {false, false}), std::invalid_argument);
}

TEST(Selection, NoiseThatTwoShareDoesNotHideThatOneIsBetter) {
  EXPECT_TRUE(select({{10, 20, 30, 40}, {10.1, 20.1, 30.2, 40.1}}, 0.95).worse[1]);
}

TEST(Selection, NoiseOfTheirOwnDoes) {
  EXPECT_FALSE(select({{10, 20, 30, 40}, {40, 10, 25, 26}}, 0.95).worse[1]);
}

TEST(Selection, EqualAlternativesAreTied) {
  EXPECT_EQ(select({{5, 6}, {5, 6}}, 0.95).worse, (std::vector<bool>{false, false}));
}

TEST(Selection, NobodyIsWorseByLessThanTheIndifference) {
  const std::vector<std::vector<double>> costs = {{100, 101, 99}, {101, 102.01, 100}};
  EXPECT_TRUE(select(costs, 0.95).worse[1]);
  EXPECT_FALSE(select(costs, 0.95, {}, 0.02).worse[1]);
  EXPECT_TRUE(select(costs, 0.95, {}, 0.005).worse[1]);
}

TEST(Selection, WhoWasLeftOutStaysWorse) {
  EXPECT_EQ(select({{1, 1}, {2, 2.1, 2.2, 2.1}}, 0.95).worse, (std::vector<bool>{true, false}));
}

// Eight alternatives that are equal: at 95 % some is called worse in 5 % of the trials, at most.
TEST(Selection, CallsAnEqualOneWorseNoMoreOftenThanItsConfidenceSays) {
  sim::RandomStream random(1, 0, "selection");
  int mistakes = 0;
  constexpr int kTrials = 2000;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<std::vector<double>> costs(8, std::vector<double>(10));
    for (auto& own : costs) {
      for (double& cost : own) cost = random.normal();
    }
    // Against a fixed one, as the bound is for: the best of the sample is biased by its choice.
    costs[0].assign(10, 0);
    for (std::size_t i = 1; i < costs.size(); ++i) {
      const Selection seen = select({costs[0], costs[i]}, 1 - 0.05 / 7);
      if (seen.best == 0 && seen.worse[1]) {
        ++mistakes;
        break;
      }
    }
  }
  EXPECT_LE(mistakes, kTrials * 0.065);
  EXPECT_GE(mistakes, kTrials * 0.02);
}

TEST(Selection, RefusesNothingAndTooLittle) {
  EXPECT_THROW(select({}, 0.95), std::invalid_argument);
  EXPECT_THROW(select({{1}, {2}}, 0.95), std::invalid_argument);
}

TEST(ParetoFront, HasThoseThatNoOtherBeatsInBoth) {
  const std::vector<double> cost = {1, 2, 3, 4, 2};
  const std::vector<double> latency = {9, 5, 6, 1, 5};
  EXPECT_EQ(pareto_front(cost, latency), (Indices{0, 1, 3}));
}

TEST(ParetoFront, ItsKneeGainsMostForLeast) {
  const std::vector<double> cost = {1, 1.1, 2, 4};
  const std::vector<double> latency = {100, 12, 11, 10};
  EXPECT_EQ(knee_of(pareto_front(cost, latency), cost, latency), 1U);
  EXPECT_EQ(knee_of({2}, cost, latency), 2U);
}

}  // namespace
}  // namespace gilsim::analysis
