// Repetition of disturbed measurements, with snapshots made up.
#include "host/undisturbed.hpp"

#include <gtest/gtest.h>

namespace gilsim::host {
namespace {

using sim::Duration;

LoadSnapshot snapshot(Duration at, Duration machine, Duration own) { return {at, machine, own}; }

TEST(Disturbance, IsCpuTimeThatNeitherWeNorOurChildrenUsed) {
  const LoadSnapshot before = snapshot(Duration(), Duration::seconds(10), Duration::seconds(1));
  const LoadSnapshot after =
      snapshot(Duration::seconds(2), Duration::seconds(13), Duration::seconds(3));
  EXPECT_EQ(used_by_others(before, after), Duration::seconds(1));
  EXPECT_TRUE(is_disturbed(before, after));
}

TEST(Disturbance, OfLessThanATenthOfACoreIsNone) {
  const LoadSnapshot before = snapshot(Duration(), Duration(), Duration());
  const Duration second = Duration::seconds(1);
  EXPECT_FALSE(is_disturbed(before, snapshot(second, Duration::milliseconds(1090), second)));
  EXPECT_TRUE(is_disturbed(before, snapshot(second, Duration::milliseconds(1290), second)));
}

TEST(Undisturbed, MeasuresOnceWhenThereIsNoBudgetForMore) {
  Undisturbed undisturbed{Duration()};
  int times = 0;
  EXPECT_EQ(undisturbed([&] { return ++times; }), 1);
  EXPECT_EQ(undisturbed.measurements(), 1);
  EXPECT_LE(times, 1);
}

}  // namespace
}  // namespace gilsim::host
