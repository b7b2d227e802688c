#include "models/io/event_loop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gilsim::model {
namespace {

using sim::Duration;
using sim::Time;
using Kind = EventLoop::Handle::Kind;
using Until = EventLoop::Poll::Until;
using ::testing::ElementsAre;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
constexpr Time at(Duration t) { return Time::from_start(t); }

std::vector<std::uint32_t> turn(EventLoop& loop, Time now) {
  std::vector<std::uint32_t> tasks;
  loop.begin_turn(now);
  while (const auto handle = loop.next_of_turn()) tasks.push_back(handle->task);
  return tasks;
}

TEST(EpollTimeout, IsRoundedUpToWholeMilliseconds) {
  EXPECT_EQ(epoll_timeout(us(1)), ms(1));
  EXPECT_EQ(epoll_timeout(ms(1)), ms(1));
  EXPECT_EQ(epoll_timeout(us(1001)), ms(2));
  EXPECT_EQ(epoll_timeout(ms(100)), ms(100));
}

TEST(EpollTimeout, OfNothingOrLessIsNone) {
  EXPECT_EQ(epoll_timeout({}), Duration{});
  EXPECT_EQ(epoll_timeout(-ms(3)), Duration{});
}

// math.ceil(0.009 * 1e3) * 1e-3 is a little more than 0.009, and is rounded up once more.
TEST(EpollTimeout, IsAMillisecondLongerWhereFloatingPointSaysSo) {
  EXPECT_EQ(epoll_timeout(ms(8)), ms(8));
  EXPECT_EQ(epoll_timeout(ms(9)), ms(10));
  EXPECT_EQ(epoll_timeout(ms(18)), ms(19));
  EXPECT_EQ(epoll_timeout(ms(19)), ms(19));
}

TEST(EventLoop, PollsWithoutWaitingWhileSomethingIsReady) {
  EventLoop loop;
  loop.call_at(at(ms(5)), 1);
  EXPECT_EQ(loop.poll(at({})).until, Until::kTimer);
  loop.call_soon({Kind::kResume, 2});
  EXPECT_EQ(loop.poll(at({})).until, Until::kNow);
}

TEST(EventLoop, WithNothingToComeWaitsUntilItIsWoken) {
  EXPECT_EQ(EventLoop().poll(at(ms(1))).until, Until::kWoken);
}

TEST(EventLoop, WaitsForWhatComesFirst) {
  EventLoop loop;
  loop.call_at(at(ms(5)), 1);
  loop.readable_at(at(ms(9)), 2);
  EXPECT_EQ(loop.poll(at(ms(1))).until, Until::kTimer);
  EXPECT_EQ(loop.poll(at(ms(1))).timeout, ms(4));
  loop.readable_at(at(ms(3)), 3);
  EXPECT_EQ(loop.poll(at(ms(1))).until, Until::kArrival);
  EXPECT_EQ(loop.poll(at(ms(1))).arrival, at(ms(3)));
}

TEST(EventLoop, AnArrivalWithinTheRoundingOfATimerEndsThePoll) {
  EventLoop loop;
  loop.call_at(at(us(100)), 1);
  loop.readable_at(at(us(900)), 2);
  EXPECT_EQ(loop.poll(at({})).until, Until::kArrival);
}

TEST(EventLoop, ATimerIsNotDueAMomentBeforeItsTime) {
  EventLoop loop;
  loop.call_at(at(ms(5)), 1);
  EXPECT_THAT(turn(loop, at(ms(5)) - Duration::nanoseconds(1)), ElementsAre());
  EXPECT_THAT(turn(loop, at(ms(5))), ElementsAre(1));
}

TEST(EventLoop, TimersFireInOrderOfTimeAndThenOfBeingSet) {
  EventLoop loop;
  loop.call_at(at(ms(2)), 1);
  loop.call_at(at(ms(1)), 2);
  loop.call_at(at(ms(1)), 3);
  EXPECT_THAT(turn(loop, at(ms(9))), ElementsAre(2, 3, 1));
}

TEST(EventLoop, WhatTheSelectorReportsRunsBeforeTimersAndAfterWhatWasReady) {
  EventLoop loop;
  loop.call_at(at(ms(1)), 1);
  loop.readable_at(at(ms(2)), 2);
  loop.call_soon({Kind::kResume, 3});
  EXPECT_THAT(turn(loop, at(ms(9))), ElementsAre(3, 2, 1));
}

TEST(EventLoop, WhatBecomesReadyInATurnWaitsForTheNext) {
  EventLoop loop;
  loop.call_soon({Kind::kResume, 1});
  loop.begin_turn(at({}));
  EXPECT_EQ(loop.next_of_turn()->task, 1U);
  loop.call_soon({Kind::kResume, 2});
  EXPECT_FALSE(loop.next_of_turn());
  EXPECT_THAT(turn(loop, at({})), ElementsAre(2));
}

}  // namespace
}  // namespace gilsim::model
