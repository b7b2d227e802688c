#include "app/request_times.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace gilsim::app {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(RequestTimes, AllSeenAreAsTheyWere) {
  EXPECT_THAT(likely_times({{3, true}, {1, true}, {2, true}}, 3), ElementsAre(3, 2, 1));
}

TEST(RequestTimes, OfWhichNoneWasSeenAreUnknown) {
  EXPECT_THAT(likely_times({{3, false}, {1, false}}, 3), IsEmpty());
  EXPECT_THAT(likely_times({}, 3), IsEmpty());
}

// 10 of 100 were waited for from the beginning on and came at 2; 89 were there at 5; one came at 6.
TEST(RequestTimes, ALateOneIsAsRareAsAmongAll) {
  std::vector<Request> requests(10, {2, true});
  requests.resize(99, {5, false});
  requests.push_back({6, true});
  const std::vector<double> times = likely_times(requests, 100);
  EXPECT_EQ(std::count(times.begin(), times.end(), 6), 1);
  EXPECT_EQ(std::count(times.begin(), times.end(), 2), 99);
}

TEST(RequestTimes, OfThoseThatCameBeforeTheFirstThatWasSeenAreTakenAsThat) {
  EXPECT_THAT(likely_times({{3, true}, {1, false}, {2, false}}, 4), Each(3));
}

}  // namespace
}  // namespace gilsim::app
