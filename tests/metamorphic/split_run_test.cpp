// A run that is interrupted and goes on is the run that is not.
#include <gtest/gtest.h>

#include <deque>

#include "models/program/world.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/script.hpp"

namespace gilsim::test {
namespace {

constexpr auto kEnd = sim::Duration::milliseconds(200);

std::uint64_t fingerprint(const model::Configuration& c, std::uint64_t seed, int pieces) {
  model::World world(c, seed, 0);
  model::InterpreterLock& lock = world.create_interpreter();
  std::deque<model::Script> scripts;
  for (int i = 0; i < 4; ++i) {
    scripts.emplace_back(std::vector<model::Action>(
        30, i % 2 ? model::Action::python(sim::Duration::microseconds(700 + i))
                  : model::Action::sleep(sim::Duration::microseconds(90 + i))));
    world.start(world.create_thread("t", lock, model::Layout::kMain, scripts.back()));
  }
  for (int i = 1; i <= pieces; ++i) {
    world.run_until(sim::Time::from_start(kEnd.scaled(static_cast<double>(i) / pieces)));
  }
  world.check_accounts();
  return world.simulator().fingerprint();
}

TEST(SplitRun, HasTheFingerprintOfTheWholeRun) {
  sim::RandomStream random(1, 0, "split run");
  for (std::uint64_t i = 0; i < 50; ++i) {
    const auto c = random_scenario(random, {});
    const auto whole = fingerprint(c, i, 1);
    for (const int pieces : {2, 7, 1000}) ASSERT_EQ(fingerprint(c, i, pieces), whole);
  }
}

class Stopper final : public sim::EventHandler {
 public:
  explicit Stopper(sim::Simulator& simulator) : simulator_(simulator) {}
  void handle(sim::Event& event) override {
    if (event.kind == 1) simulator_.stop();
  }

 private:
  sim::Simulator& simulator_;
};

TEST(SplitRun, StoppedBeforeItsHorizonGoesOnBeyondIt) {
  const auto at = [](std::int64_t n) {
    return sim::Time::from_start(sim::Duration::nanoseconds(n));
  };
  sim::Simulator simulator;
  Stopper stopper(simulator);
  sim::Event first(stopper, 1, 0, nullptr), second(stopper, 0, 0, nullptr);
  simulator.schedule(first, at(10), sim::Priority::kTimer);
  simulator.schedule(second, at(90), sim::Priority::kTimer);
  EXPECT_EQ(simulator.run_until(at(50)), sim::RunEnd::kStopped);
  EXPECT_EQ(simulator.run(), sim::RunEnd::kNothingLeft);
  EXPECT_EQ(simulator.now(), at(90));
  EXPECT_EQ(simulator.events(), 2);
}

}  // namespace
}  // namespace gilsim::test
