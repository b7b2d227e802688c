// The machine repairman through the models: Python threads, the interval lock, the machine.
//
// Threads sleep Z = 10 on average, then need S = 2. A unit of time is 1 ms for the lock. With
// exponential bursts the throughput depends neither on the order of service nor on preemption, as
// long as the lock (or no core) is idle while somebody waits for it.
// Warm-up and lengths: as in repairman_test.cpp.
#include <gtest/gtest.h>

#include <deque>

#include "models/program/world.hpp"
#include "models/simulation.hpp"
#include "tests/support/free_machine.hpp"
#include "tests/support/queueing_theory.hpp"
#include "tests/support/replications.hpp"
#include "tests/theory/expect_theory.hpp"

namespace gilsim::test {
namespace {

constexpr double kThink = 10;
constexpr double kService = 2;

using Burst = model::Action (*)(sim::Duration);

// Sleeps and bursts in turn, each time drawn afresh.
class IoThread final : public model::Behaviour {
 public:
  IoThread(sim::RandomStream random, Burst burst, sim::Duration unit)
      : random_(random), burst_(burst), unit_(unit) {}

  model::Action next(model::World&, model::PythonThread&) override {
    const double size = random_.exponential();
    sleeps_ = !sleeps_;
    if (!sleeps_) return burst_(unit_.scaled(kService * size));
    ++rounds;
    return model::Action::sleep(unit_.scaled(kThink * size));
  }

  std::int64_t rounds = 0;

 private:
  sim::RandomStream random_;
  Burst burst_;
  sim::Duration unit_;
  bool sleeps_ = false;
};

struct Setting {
  model::Configuration configuration;
  Burst burst;
  sim::Duration unit;
  int threads;
  double cycles;
};

// Rounds a unit of time.
double throughput(const Setting& s, double theory, int replication) {
  const auto index = static_cast<std::uint64_t>(replication);
  model::World world(s.configuration, 1, index);
  model::InterpreterLock& lock = world.create_interpreter();
  std::deque<IoThread> threads;
  for (int i = 0; i < s.threads; ++i) {
    threads.emplace_back(sim::RandomStream(1, index, "io:" + std::to_string(i)), s.burst, s.unit);
    world.start(world.create_thread("io", lock, model::Layout::kWorker, threads.back()));
  }
  const auto rounds = [&] {
    std::int64_t sum = 0;
    for (const IoThread& t : threads) sum += t.rounds;
    return sum;
  };
  const sim::Duration warm_up = s.unit * 2000;
  const double counted = s.cycles / theory;
  world.run_until(sim::Time::from_start(warm_up));
  const std::int64_t before = rounds();
  world.run_until(sim::Time::from_start(warm_up + s.unit.scaled(counted)));
  world.check_accounts();
  return static_cast<double>(rounds() - before) / counted;
}

void expect_repairman(const Setting& s, int servers) {
  const double theory = repairman_throughput(s.threads, kThink, kService, servers);
  const bool saturated = theory * kService > 0.7 * servers;
  const double wrong = saturated
                           ? repairman_throughput(s.threads, kThink, kService * 1.03, servers)
                           : repairman_throughput(s.threads, kThink * 1.03, kService, servers);
  expect_theory("X for " + std::to_string(s.threads) + " threads",
                replications([&](int i) { return throughput(s, theory, i); }), theory, {wrong});
}

model::Configuration machine_with(int cores, sim::Duration interval) {
  model::Configuration c = model::free_machine(cores);
  c.switch_interval = interval;
  return c;
}

class LockModel : public testing::TestWithParam<int> {};

TEST_P(LockModel, ServesNativeBurstsAsOneServerInOrder) {
  const int threads = GetParam();
  expect_repairman({machine_with(threads, sim::Duration::seconds(3600)), model::Action::native_held,
                    sim::Duration::milliseconds(1), threads, 15'000},
                   1);
}

INSTANTIATE_TEST_SUITE_P(Repairman, LockModel, testing::Values(1, 2, 4, 8, 16),
                         [](const auto& test) { return "of_" + std::to_string(test.param); });

// Bytecode is interrupted once a switch interval: a round robin of a quarter of a mean burst.
TEST(Bytecode, IsServedWithTheSameThroughputInAnyOrder) {
  for (const int threads : {4, 8}) {
    expect_repairman({machine_with(threads, sim::Duration::microseconds(500)),
                      model::Action::python, sim::Duration::milliseconds(1), threads, 15'000},
                     1);
  }
}

// The same by simulate() and its looping threads. Their times repeat after 256 rounds, so a
// replication is several short runs; the rounds of a run's warm-up are those of a shorter run with
// the same seed, which is its beginning.
TEST(LoopingThreads, HaveTheThroughputOfTheory) {
  constexpr int threads = 4;
  constexpr std::uint64_t runs = 8;
  model::Configuration c = machine_with(threads, sim::Duration::seconds(3600));
  const auto ms = [](double n) {
    return model::Exponential{sim::Duration::from_seconds(n * 1e-3)};
  };
  for (int i = 0; i < threads; ++i) {
    c.threads.push_back({"io " + std::to_string(i),
                         {model::NativeStep{ms(kService), model::LockMode::kHeld},
                          model::WaitStep{ms(kThink), model::WaitVia::kSleep}}});
  }
  const auto rounds_until = [&](double units, std::uint64_t run) {
    c.duration = sim::Duration::from_seconds(units * 1e-3);
    std::int64_t sum = 0;
    for (const auto& t : model::simulate(c, 1, run).outcome.threads) sum += t.operations;
    return static_cast<double>(sum);
  };
  constexpr double warm_up = 200, end = 2800;  // up to 256 rounds of 13.3 on average
  const auto throughputs = replications([&](int i) {
    double rounds = 0;
    for (std::uint64_t k = 0; k < runs; ++k) {
      const std::uint64_t run = static_cast<std::uint64_t>(i) * runs + k;
      rounds += rounds_until(end, run) - rounds_until(warm_up, run);
    }
    return rounds / ((end - warm_up) * runs);
  });
  const double theory = repairman_throughput(threads, kThink, kService, 1);
  expect_theory("X of looping threads", throughputs, theory,
                {repairman_throughput(threads, kThink * 1.03, kService, 1)});
}

// Work without the lock shares four cores. A thread that blocks in debt to its run queue may find
// its old core busy and wait there while another is idle; with ticks of a hundredth of a mean burst
// that is far below what is told apart here.
TEST(MachineModel, SharesFourCoresAsFourServers) {
  model::Configuration c = machine_with(4, sim::Duration::seconds(3600));
  c.machine.tick = sim::Duration::microseconds(20);
  c.machine.slice = sim::Duration::microseconds(20);
  expect_repairman({c, model::Action::native_released, sim::Duration::milliseconds(1), 16, 15'000},
                   4);
}

}  // namespace
}  // namespace gilsim::test
