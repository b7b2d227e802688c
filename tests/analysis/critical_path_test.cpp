#include "analysis/critical_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace gilsim::analysis {
namespace {

using testing::ElementsAre;

TEST(CriticalPath, OfAChainIsAllOfIt) {
  const CriticalPath path = critical_path({3, 4, 5}, {{0, 1}, {1, 2}});
  EXPECT_DOUBLE_EQ(path.span, 12);
  EXPECT_THAT(path.vertices, ElementsAre(0, 1, 2));
}

TEST(CriticalPath, OfTasksThatWaitForNobodyIsTheLongest) {
  EXPECT_DOUBLE_EQ(critical_path({3, 7, 5}, {}).span, 7);
  EXPECT_THAT(critical_path({3, 7, 5}, {}).vertices, ElementsAre(1));
}

TEST(CriticalPath, OfADiamondGoesThroughItsSlowerSide) {
  const CriticalPath path = critical_path({1, 2, 9, 1}, {{0, 1}, {0, 2}, {1, 3}, {2, 3}});
  EXPECT_DOUBLE_EQ(path.span, 11);
  EXPECT_THAT(path.vertices, ElementsAre(0, 2, 3));
}

TEST(CriticalPath, GoesAgainstTheNumbersWhereTheEdgesDo) {
  EXPECT_THAT(critical_path({1, 1, 1}, {{2, 1}, {1, 0}}).vertices, ElementsAre(2, 1, 0));
}

TEST(CriticalPath, OfNothingIsNothing) {
  EXPECT_DOUBLE_EQ(critical_path({}, {}).span, 0);
  EXPECT_TRUE(critical_path({}, {}).vertices.empty());
}

TEST(CriticalPath, RefusesCyclesAndWhatIsNoGraph) {
  EXPECT_THROW(critical_path({1, 1}, {{0, 1}, {1, 0}}), std::invalid_argument);
  EXPECT_THROW(critical_path({1, 1}, {{0, 2}}), std::invalid_argument);
  EXPECT_THROW(critical_path({-1}, {}), std::invalid_argument);
  EXPECT_THROW(critical_path({std::numeric_limits<double>::infinity()}, {}), std::invalid_argument);
}

TEST(GreedyBound, IsTheWorkOnOneWorkerAndWorkSharedPlusSpanOnMany) {
  EXPECT_DOUBLE_EQ(greedy_bound(100, 10, 1), 100);
  EXPECT_DOUBLE_EQ(greedy_bound(100, 10, 4), 32.5);
  EXPECT_THROW(greedy_bound(1, 1, 0), std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::analysis
