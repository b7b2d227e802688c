#include "analysis/decision.hpp"

#include <gtest/gtest.h>

namespace gilsim::analysis {
namespace {

TEST(Decision, RegretIsWhatTheChoiceCostsBeyondTheBest) {
  const auto decision = decide({{5, 12}, {6, 10}, {9, 30}});
  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->chosen, 0);
  EXPECT_EQ(decision->best, 1);
  EXPECT_DOUBLE_EQ(decision->regret, 0.2);
}

TEST(Decision, RightChoiceHasNoRegretHoweverWrongTheFigures) {
  const auto decision = decide({{500, 10}, {900, 11}});
  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->chosen, decision->best);
  EXPECT_EQ(decision->regret, 0);
}

TEST(Decision, OneAlternativeIsNoChoice) {
  EXPECT_FALSE(decide({{1, 1}}));
  EXPECT_FALSE(decide({}));
  EXPECT_FALSE(decide({{1, 1}, {2, 0}}));
}

TEST(DecisionSummary, CountsTheRightOnesAndKeepsMeanAndWorstRegret) {
  const DecisionSummary summary = summarize({{0, 0, 0}, {0, 1, 0.1}, {2, 1, 0.5}});
  EXPECT_EQ(summary.n, 3);
  EXPECT_EQ(summary.right, 1);
  EXPECT_DOUBLE_EQ(summary.mean_regret, 0.2);
  EXPECT_DOUBLE_EQ(summary.worst_regret, 0.5);
  EXPECT_EQ(summarize(std::vector<Decision>{}).mean_regret, 0);
}

}  // namespace
}  // namespace gilsim::analysis
