// The event set against an obvious oracle: an ordered set of (time, priority, sequence).
#include "sim/event_queue.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <ostream>
#include <set>
#include <tuple>
#include <vector>

#include "sim/random.hpp"

namespace gilsim::sim {
namespace {

Time at(std::int64_t nanoseconds) { return Time::from_start(Duration::nanoseconds(nanoseconds)); }

// How far in the future the next event lies: each shape exercises another part of the wheel.
using Increment = std::int64_t (*)(RandomStream&);
std::int64_t heavy_ties(RandomStream& r) { return static_cast<std::int64_t>(r.bits() % 3); }
std::int64_t uniform_near(RandomStream& r) { return static_cast<std::int64_t>(r.bits() % 5000); }
std::int64_t all_scales(RandomStream& r) {
  return static_cast<std::int64_t>(r.bits() >> (2 + r.bits() % 62));
}
std::int64_t timers_of_5_ms(RandomStream& r) {
  return r.bits() % 4 == 0 ? 5'000'000 : static_cast<std::int64_t>(r.bits() % 300);
}

struct Case {
  const char* name;
  Increment increment;
  std::size_t pending;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class AgainstOracle : public testing::TestWithParam<Case> {};

TEST_P(AgainstOracle, PopsInOrderOfTimePrioritySequenceUnderPushAndCancel) {
  using Key = std::tuple<std::int64_t, int, std::uint64_t>;
  const Case& c = GetParam();
  RandomStream random(7, 0, c.name);
  EventQueue queue;
  std::set<std::pair<Key, std::size_t>> oracle;
  std::deque<Event> events(c.pending);
  std::vector<Key> keys(c.pending);
  std::vector<std::size_t> idle;
  for (std::size_t i = 0; i < c.pending; ++i) idle.push_back(i);
  std::int64_t now = 0;
  std::uint64_t sequence = 0;

  for (int step = 0; step < 400'000; ++step) {
    const std::uint64_t choice = random.bits() % 8;
    if (choice < 4 && !idle.empty() && now < (std::int64_t{1} << 62)) {
      const std::size_t i = idle.back();
      idle.pop_back();
      const int priority = static_cast<int>(random.bits() % kPriorities);
      keys[i] = {now + c.increment(random) % (std::int64_t{1} << 61), priority, sequence++};
      queue.push(events[i], at(std::get<0>(keys[i])), static_cast<Priority>(priority));
      oracle.emplace(keys[i], i);
    } else if (choice == 4 && !oracle.empty()) {
      const std::size_t i = random.bits() % c.pending;
      ASSERT_EQ(events[i].pending(), oracle.count({keys[i], i}) == 1);
      if (!events[i].pending()) continue;
      queue.cancel(events[i]);
      oracle.erase({keys[i], i});
      idle.push_back(i);
    } else if (!oracle.empty()) {
      const auto [key, i] = *oracle.begin();
      oracle.erase(oracle.begin());
      Event* const popped = queue.pop();
      ASSERT_EQ(popped, &events[i]) << "step " << step;
      ASSERT_FALSE(popped->pending());
      now = std::get<0>(key);
      idle.push_back(i);
    }
    ASSERT_EQ(queue.size(), oracle.size());
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, AgainstOracle,
                         testing::Values(Case{"few", uniform_near, 10},
                                         Case{"ties", heavy_ties, 400},
                                         Case{"near", uniform_near, 1000},
                                         Case{"scales", all_scales, 300},
                                         Case{"timers", timers_of_5_ms, 64}),
                         [](const auto& test) { return test.param.name; });

TEST(EventQueue, IsEmptyWhenNothingWasPushed) {
  EventQueue queue;
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.pop(), nullptr);
}

TEST(EventQueue, KeepsTheOrderOfPushingAmongManyTies) {
  EventQueue queue;
  std::deque<Event> events(5000);
  for (Event& e : events) queue.push(e, at(77), Priority::kTimer);
  for (Event& e : events) ASSERT_EQ(queue.pop(), &e);
}

TEST(EventQueue, LeavesNothingBehindWhenTheLastEventIsCancelled) {
  EventQueue queue;
  Event event;
  for (int i = 0; i < 100; ++i) {
    queue.push(event, at(i), Priority::kTimer);
    queue.cancel(event);
    ASSERT_TRUE(queue.empty());
    ASSERT_EQ(queue.pop(), nullptr);
  }
}

}  // namespace
}  // namespace gilsim::sim
