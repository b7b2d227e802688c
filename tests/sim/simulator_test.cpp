#include "sim/simulator.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <vector>

#include "sim/random.hpp"

namespace gilsim::sim {
namespace {

// Each event schedules itself again after a random time until it has happened `left` times.
class Walkers final : public EventHandler {
 public:
  explicit Walkers(Simulator& simulator) : simulator_(simulator), random_(3, 0, "walkers") {
    for (std::uint32_t i = 0; i < 40; ++i) {
      events_.emplace_back(*this, 1u, i, nullptr);
      simulator_.schedule(events_.back(), Time::from_start(step()), Priority::kTimer);
    }
  }
  void handle(Event& event) override {
    seen_.push_back(simulator_.now());
    if (--left_ > 0) simulator_.schedule(event, simulator_.now() + step(), Priority::kTimer);
    if (static_cast<int>(seen_.size()) == stop_after) simulator_.stop();
  }
  int stop_after = -1;
  const std::vector<Time>& seen() const { return seen_; }

 private:
  Duration step() {
    return Duration::nanoseconds(static_cast<std::int64_t>(random_.bits() % 9000));
  }
  Simulator& simulator_;
  RandomStream random_;
  std::deque<Event> events_;
  std::vector<Time> seen_;
  int left_ = 5000;
};

TEST(Simulator, TimeNeverRunsBackwards) {
  Simulator simulator;
  Walkers walkers(simulator);
  EXPECT_EQ(simulator.run(), RunEnd::kNothingLeft);
  for (std::size_t i = 1; i < walkers.seen().size(); ++i) {
    ASSERT_GE(walkers.seen()[i], walkers.seen()[i - 1]);
  }
}

TEST(Simulator, ARunInPiecesEqualsTheWholeRun) {
  Simulator whole;
  Walkers of_whole(whole);
  whole.run();

  Simulator pieces;
  Walkers of_pieces(pieces);
  Time horizon;
  while (pieces.run_until(horizon) == RunEnd::kHorizon && pieces.events() < whole.events()) {
    horizon = horizon + Duration::nanoseconds(777);
  }
  EXPECT_EQ(pieces.fingerprint(), whole.fingerprint());
  EXPECT_EQ(of_pieces.seen(), of_whole.seen());
}

TEST(Simulator, HandlesWhatHappensAtTheHorizonButNothingLater) {
  Simulator simulator;
  Walkers walkers(simulator);
  const Time horizon = Time::from_start(Duration::microseconds(20));
  EXPECT_EQ(simulator.run_until(horizon), RunEnd::kHorizon);
  EXPECT_EQ(simulator.now(), horizon);
  for (const Time t : walkers.seen()) ASSERT_LE(t, horizon);
}

TEST(Simulator, StopEndsTheRunAfterTheCurrentEvent) {
  Simulator simulator;
  Walkers walkers(simulator);
  walkers.stop_after = 17;
  EXPECT_EQ(simulator.run_until(Time::from_start(Duration::seconds(1))), RunEnd::kStopped);
  EXPECT_EQ(simulator.events(), 17);
}

class Counting final : public Observer {
 public:
  void on_event(const Event&) override { ++count; }
  int count = 0;
};

TEST(Simulator, ObserversSeeEveryEventAndChangeNothing) {
  Simulator plain;
  Walkers walkers(plain);
  plain.run();
  Simulator observed;
  Counting counting;
  observed.add_observer(counting);
  Walkers others(observed);
  observed.run();
  EXPECT_EQ(counting.count, plain.events());
  EXPECT_EQ(observed.fingerprint(), plain.fingerprint());
}

}  // namespace
}  // namespace gilsim::sim
