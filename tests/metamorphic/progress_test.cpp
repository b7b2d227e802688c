// A run with work left does work.
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::test {
namespace {

// Of one core, on the stated machine: a switch takes 2 us, a timed wait 50 us longer.
double share_in_bytecode(int threads, sim::Duration interval) {
  const sim::Duration operation = sim::Duration::microseconds(20);
  model::Configuration c = model::free_machine(1);
  c.machine = {};
  c.switch_interval = interval;
  c.duration = sim::Duration::seconds(1);
  for (int i = 0; i < threads; ++i) {
    c.threads.push_back(
        {"cpu " + std::to_string(i), {model::PythonStep{model::Constant{operation}, {}}}});
  }
  std::int64_t operations = 0;
  for (const auto& thread : simulate(c, 1, 0).outcome.threads) operations += thread.operations;
  return (operation * operations).in_seconds() / c.duration.in_seconds();
}

TEST(Progress, IsMadeByComputingThreadsOnOneCore) {
  EXPECT_GT(share_in_bytecode(4, sim::Duration::milliseconds(5)), 0.95);
  EXPECT_GT(share_in_bytecode(4, sim::Duration::microseconds(10)), 0.5);
}

// Waiters that time out want more CPU time than there is; the holder of the lock still has its
// share, within a factor: it was starved when looking at the lock took no CPU time, and so no virtual time.
TEST(Progress, OfTheHolderIsNotStarvedHoweverManyWait) {
  EXPECT_GT(share_in_bytecode(40, sim::Duration::microseconds(10)), 0.05 / 40);
  EXPECT_GT(share_in_bytecode(4000, sim::Duration::milliseconds(5)), 0.05 / 4000);
}

}  // namespace
}  // namespace gilsim::test
