// Threads that should not matter to each other.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/random_scenario.hpp"
#include "tests/support/same_outcome.hpp"

namespace gilsim::test {
namespace {

model::Configuration looping_scenario(sim::RandomStream& random) {
  return random_scenario(random, {.program = Program::kLooping, .enough_cores = true});
}

// The sleeper goes first: it takes the free lock once, to go to sleep, and lets go at once.
TEST(Threads, AreNotDisturbedByOneThatSleeps) {
  sim::RandomStream random(1, 0, "sleeper");
  for (std::uint64_t i = 0; i < 300; ++i) {
    model::Configuration c = looping_scenario(random);
    const auto alone = simulate(c, i, 0).outcome;
    c.threads.insert(
        c.threads.begin(),
        {"sleeper", {model::WaitStep{model::Constant{c.duration * 2}, model::WaitVia::kSleep}}});
    ++c.machine.cores;
    const auto beside = simulate(c, i, 0).outcome;
    for (std::size_t t = 0; t < alone.threads.size(); ++t) {
      ASSERT_EQ(difference(alone.threads[t], beside.threads[t + 1]), "") << "scenario " << i;
    }
    ASSERT_EQ(beside.lock_handovers, alone.lock_handovers + 1);
    ASSERT_EQ(beside.forced_drops, alone.forced_drops);
    ASSERT_EQ(beside.threads[0].operations, 0);
  }
}

// Each thread begins with a time of its own without the lock: so the order in which threads are
// started, the only trace of their order in the file, has no instant at which it decides anything.
TEST(Threads, DoTheSameInWhateverOrderTheyAreNamed) {
  sim::RandomStream random(1, 0, "permutation");
  for (std::uint64_t i = 0; i < 300; ++i) {
    model::Configuration c = looping_scenario(random);
    for (model::LoopingThread& thread : c.threads) {
      const model::Constant apart{
          random_time(random, sim::Duration::microseconds(5), sim::Duration::milliseconds(5))};
      thread.program.insert(thread.program.begin(),
                            model::NativeStep{apart, model::LockMode::kReleased});
    }
    const auto in_order = simulate(c, i, 0).outcome;
    std::reverse(c.threads.begin(), c.threads.end());
    std::rotate(c.threads.begin(), c.threads.begin() + 1, c.threads.end());
    const auto permuted = simulate(c, i, 0).outcome;
    std::map<std::string, const model::ThreadOutcome*> by_name;
    for (const auto& thread : permuted.threads) by_name[thread.name] = &thread;
    for (const auto& thread : in_order.threads) {
      ASSERT_EQ(difference(thread, *by_name.at(thread.name)), "") << "scenario " << i;
    }
    ASSERT_EQ(in_order.lock_handovers, permuted.lock_handovers);
    ASSERT_EQ(in_order.forced_drops, permuted.forced_drops);
  }
}

}  // namespace
}  // namespace gilsim::test
