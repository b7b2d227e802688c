// Threads of other processes compete for the cores and belong to nobody's run.
#include "models/os/background.hpp"

#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/puppets.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

MachineParameters loaded(int cores, int threads, double duty) {
  MachineParameters m = free_machine(cores).machine;
  m.background = BackgroundParameters{threads, duty};
  return m;
}

double background_cpu(const Puppets& p) {
  Duration cpu;
  for (const Thread& thread : p.machine.outsiders()) cpu += p.machine.cpu_of(thread);
  return cpu.in_seconds();
}

TEST(Background, AThreadOfFullDutyTakesHalfOfASharedCore) {
  Puppets p(loaded(1, 1, 1));
  Thread& t = p.start_computing(Duration::seconds(100));
  p.run_until(Duration::seconds(4));
  EXPECT_NEAR(p.machine.cpu_of(t).in_seconds(), 2.0, 0.008);
}

TEST(Background, ThreeOfFullDutyLeaveAQuarter) {
  Puppets p(loaded(1, 3, 1));
  Thread& t = p.start_computing(Duration::seconds(100));
  p.run_until(Duration::seconds(4));
  EXPECT_NEAR(p.machine.cpu_of(t).in_seconds(), 1.0, 0.008);
}

TEST(Background, AloneItComputesForItsDuty) {
  for (const double duty : {0.2, 0.5, 0.9}) {
    Puppets p(loaded(8, 8, duty));
    p.run_until(Duration::seconds(200));
    EXPECT_NEAR(background_cpu(p) / (8 * 200), duty, 0.02);
  }
}

TEST(Background, ACoreThatItLeavesFreeIsTheRunsOwn) {
  Puppets p(loaded(2, 1, 1));
  Thread& t = p.start_computing(ms(100));
  p.run_until(Duration::seconds(1));
  EXPECT_EQ(p.asked[t.id].back(), ms(100));
}

TEST(Background, ItIsNoPartOfTheRunsAccounts) {
  Configuration c = free_machine(1);
  c.strategy = StrategyKind::kSequential;
  c.batch = {10, {PythonStep{Constant{ms(20)}, {}}}};
  c.machine.background = BackgroundParameters{1, 1};
  const Outcome outcome = simulate(c, 1, 0).outcome;
  EXPECT_EQ(outcome.cpu, ms(200));
  EXPECT_NEAR(outcome.wall.in_seconds(), 0.4, 0.01);
}

TEST(Background, ARunIsOverWhenItsBatchIs) {
  Configuration c = free_machine(2);
  c.strategy = StrategyKind::kProcesses;
  c.workers = 2;
  c.batch = {10, {PythonStep{Constant{ms(2)}, {}}}};
  c.machine.background = BackgroundParameters{2, 0.5};
  EXPECT_LT(simulate(c, 1, 0).events, 1000) << "the load of others goes on without it";
}

TEST(Background, ItIsOutsideOfTheQuota) {
  MachineParameters m = loaded(1, 1, 1);
  m.quota = QuotaParameters{ms(20)};
  Puppets p(m);
  Thread& t = p.start_computing(Duration::seconds(100));
  p.run_until(Duration::seconds(10));
  EXPECT_NEAR(p.machine.cpu_of(t).in_seconds(), 2.0, 0.05);
  EXPECT_NEAR(background_cpu(p), 8.0, 0.05);
}

TEST(Background, TheSameSeedIsTheSameLoad) {
  Configuration c = free_machine(2);
  c.threads.push_back({"a", {PythonStep{Constant{ms(1)}, {}}}});
  c.duration = Duration::seconds(1);
  c.machine.background = BackgroundParameters{3, 0.5};
  const auto run = [&](std::uint64_t seed) { return simulate(c, seed, 0).fingerprint; };
  EXPECT_EQ(run(1), run(1));
  EXPECT_NE(run(1), run(2));
}

}  // namespace
}  // namespace gilsim::model
