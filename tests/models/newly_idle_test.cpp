// How often a core that becomes idle looks for work elsewhere.
#include "models/os/newly_idle.hpp"

#include <gtest/gtest.h>

#include "sim/random.hpp"

namespace gilsim::model {
namespace {

// The share of `occasions` on which it looked, when a look finds something with odds `found`.
double share_of_looks(double found, int occasions) {
  NewlyIdle newly_idle;
  sim::RandomStream random(1, 0, "newly idle");
  int looks = 0;
  for (int i = 0; i < occasions; ++i) {
    const auto die = static_cast<std::uint32_t>(random.uniform() * 1024);
    if (!newly_idle.looks(die)) continue;
    ++looks;
    newly_idle.found(random.uniform() < found);
  }
  return static_cast<double>(looks) / occasions;
}

TEST(NewlyIdle, ItLooksAsOftenAsLookingHelps) {
  EXPECT_NEAR(share_of_looks(0.5, 200000), 0.5, 0.05);
  EXPECT_NEAR(share_of_looks(0.1, 200000), 0.1, 0.03);
  EXPECT_GT(share_of_looks(1.0, 200000), 0.9);
}

TEST(NewlyIdle, ItAllButGivesUpWhereLookingNeverHelps) {
  const double share = share_of_looks(0.0, 200000);
  EXPECT_LT(share, 0.02);
  EXPECT_GT(share, 0.0) << "it must look now and then to notice a change";
}

TEST(NewlyIdle, TheRatioFollowsAfterHalfAThousandOccasions) {
  NewlyIdle newly_idle;
  for (int i = 0; i < 511; ++i) {
    ASSERT_TRUE(newly_idle.looks(513)) << i;  // one half at first
    newly_idle.found(false);
  }
  ASSERT_TRUE(newly_idle.looks(513));
  newly_idle.found(false);
  EXPECT_FALSE(newly_idle.looks(513));
  EXPECT_TRUE(newly_idle.looks(256));
}

}  // namespace
}  // namespace gilsim::model
