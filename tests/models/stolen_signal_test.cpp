// A waiter that has just registered, on another core, and is still awake takes the signal that was
// meant for a sleeper. Times are exact: nothing costs anything but what a test says.
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/locked_threads.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

Configuration stealing(int cores, double odds, Duration window) {
  Configuration c = free_machine(cores);
  c.interpreter.signal_stolen = Estimate::exactly(odds);
  c.machine.signal_window = Cost::exactly(window);
  return c;
}

// `older` sleeps on the lock from 3 ms on; `asker` from 0 on, so that at 5 ms it times out, asks
// for the lock and registers behind `older`. The holder lets go one notice later.
struct Convoy {
  explicit Convoy(const Configuration& configuration)
      : threads(configuration, LockKind::kInterval, {&older, &holder, &asker}) {}
  Script older{{Action::native_released(ms(3)), Action::python(ms(1))}};
  Script holder{{Action::python(ms(1000))}};
  Script asker{{Action::python(ms(1000))}};
  LockedThreads threads;
};

TEST(StolenSignal, GoesToTheAskerWhileItIsAwake) {
  Convoy convoy(stealing(4, 1, kNotice));
  convoy.threads.run_until(ms(5) + kNotice);
  EXPECT_EQ(convoy.asker.decided_at, std::vector{ms(5) + kNotice});
  EXPECT_EQ(convoy.older.decided_at.size(), 1u);
}

TEST(StolenSignal, GoesToTheSleeperOnceTheAskerSleeps) {
  Convoy convoy(stealing(4, 1, kNotice - ns(1)));
  convoy.threads.run_until(ms(5) + kNotice);
  EXPECT_TRUE(convoy.asker.decided_at.empty());
  EXPECT_EQ(convoy.older.decided_at.size(), 2u);
}

TEST(StolenSignal, LeavesTheSleeperItsDeadline) {
  // Woken in vain at 5 ms, it still times out 5 ms after 3 ms: too late to ask (a switch
  // happened). Two computing threads that always steal keep it waiting for ever.
  Convoy convoy(stealing(4, 1, kNotice));
  convoy.threads.run_until(ms(8) - ns(1));
  const auto before = convoy.threads.world.machine().threads()[0].voluntary_switches;
  convoy.threads.run_until(ms(8));
  EXPECT_EQ(convoy.threads.world.machine().threads()[0].voluntary_switches, before + 1);
  convoy.threads.run_until(ms(500));
  EXPECT_EQ(convoy.older.decided_at.size(), 1u);
  EXPECT_GT(convoy.threads.lock.forced_drops(), 90);
}

TEST(StolenSignal, NeverHappensWhereAskerAndHolderShareTheCore) {
  Configuration c = stealing(1, 0, ms(1));
  c.machine.context_switch = Cost::exactly(Duration::microseconds(2));
  c.duration = ms(500);
  const Step computing = PythonStep{Constant{ms(1)}, {}};
  const Step sleeping = WaitStep{Constant{ms(1)}, WaitVia::kSleep};
  c.threads = {{"cpu1", {computing}, {}}, {"cpu2", {computing}, {}}, {"sleeper", {sleeping}, {}}};
  const auto never = simulate(c, 1, 0);
  c.interpreter.signal_stolen = Estimate::exactly(1);
  EXPECT_EQ(simulate(c, 1, 0).fingerprint, never.fingerprint);
  EXPECT_GT(never.outcome.forced_drops, 10);
}

TEST(StolenSignal, StarvesTheSleeperTheMoreTheOftenerItHappens) {
  const auto operations = [](double odds) {
    Configuration c = stealing(3, odds, ms(1));
    c.duration = Duration::seconds(20);
    const Step computing = PythonStep{Constant{ms(1)}, {}};
    const Step sleeping = WaitStep{Constant{ms(1)}, WaitVia::kSleep};
    c.threads = {{"cpu1", {computing}, {}}, {"cpu2", {computing}, {}}, {"sleeper", {sleeping}, {}}};
    return simulate(c, 1, 0).outcome.threads[2].operations;
  };
  EXPECT_GT(operations(0.3), operations(0.6));
  EXPECT_GT(operations(0.6), operations(0.9));
}

}  // namespace
}  // namespace gilsim::model
