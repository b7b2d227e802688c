// Three times every time is three times every result: the simulator has no scale of its own.
//
// Exact to the nanosecond with constant times. Cores that slow each other down are left out: a
// product with a speed is rounded.
#include <gtest/gtest.h>

#include "tests/support/random_scenario.hpp"
#include "tests/support/same_outcome.hpp"

namespace gilsim::test {
namespace {

constexpr std::int64_t kFactor = 3;

void scale(sim::Duration& duration) { duration = duration * kFactor; }
void scale(model::Cost& cost) {
  for (sim::Duration* part : {&cost.median, &cost.low, &cost.high}) scale(*part);
}
void scale(model::WaitCost& wait) {
  for (model::Cost* cost : {&wait.call, &wait.cpu, &wait.latency}) scale(*cost);
}
void scale(std::vector<model::Step>& steps) {
  for (model::Step& step : steps) {
    std::visit([](auto& s) { scale(std::get<model::Constant>(s.time).value); }, step);
  }
}
void scale(model::WakeCurve& curve) {
  for (model::WakeLatency& point : curve) {
    scale(point.idle);
    scale(point.latency);
  }
}
void scale(model::MachineParameters& m) {
  scale(m.timer_wake);
  scale(m.futex_wake);
  for (sim::Duration* time : {&m.tick, &m.slice, &m.timer_slack, &m.migration_cost}) scale(*time);
  for (model::Cost* cost :
       {&m.waker_cost, &m.context_switch, &m.timed_wait, &m.signal_window, &m.thread_create}) {
    scale(*cost);
  }
}
void scale(model::InterpreterParameters& p) {
  for (model::Estimate* rate : {&p.rates.main, &p.rates.worker, &p.rates.child}) {
    *rate = model::Estimate::exactly(rate->median / static_cast<double>(kFactor));
  }
  for (model::Cost* cost : {&p.thread_start, &p.submit, &p.task}) scale(*cost);
  model::WaitCosts& w = p.waits;
  for (model::WaitCost* wait : {&w.sleep, &w.socket, &w.pipe, &w.file, &w.udp}) scale(*wait);
  model::PoolParameters& f = *p.pools.fork;
  for (model::Cost* cost :
       {&f.create, &f.create_per_worker, &f.worker_ready, &f.chunk, &f.item, &f.shutdown}) {
    scale(*cost);
  }
}

model::Configuration scaled(model::Configuration c) {
  scale(c.machine);
  scale(c.interpreter);
  scale(c.switch_interval);
  scale(c.duration);
  scale(c.batch.task);
  for (model::LoopingThread& thread : c.threads) scale(thread.program);
  return c;
}

// The phase of the ticks is a random share of a tick, rounded to the nanosecond; here is one that
// is three times as long when the tick is.
std::uint64_t replication_whose_phase_scales(const model::Configuration& c, std::uint64_t seed) {
  for (std::uint64_t replication = 0;; ++replication) {
    const double share = sim::RandomStream(seed, replication, "machine").uniform();
    const sim::Duration tick = c.machine.tick;
    if (tick.scaled(share) * kFactor == (tick * kFactor).scaled(share)) return replication;
  }
}

std::string difference_of_thrice(const model::Configuration& c, std::uint64_t seed) {
  const std::uint64_t replication = replication_whose_phase_scales(c, seed);
  const auto once = simulate(c, seed, replication);
  const auto thrice = simulate(scaled(c), seed, replication);
  if (once.events != thrice.events) return "events";
  return difference_scaled(once.outcome, thrice.outcome, kFactor);
}

// A worker that runs bytecode at half of the main thread's speed, now and then.
void slow_some_workers(model::Configuration& c, std::uint64_t index) {
  if (index % 4 == 0) c.interpreter.rates.worker = model::Estimate::exactly(0.5e9);
}

TEST(Scaling, TriplesEveryTimeOfTheOutcomeAndChangesNoNumber) {
  sim::RandomStream random(1, 0, "scaling");
  for (std::uint64_t i = 0; i < 400; ++i) {
    auto c = random_scenario(random, {.program = Program::kAny, .enough_cores = true});
    slow_some_workers(c, i);
    ASSERT_EQ(difference_of_thrice(c, i), "") << "scenario " << i;
  }
}

// Where threads share a core, the average of their virtual times is rounded down to the nanosecond,
// as in the kernel; rarely that nanosecond decides who is eligible.
TEST(Scaling, OfSharedCoresIsExactButForTheRoundingOfAverages) {
  sim::RandomStream random(1, 0, "scaling of shared cores");
  int differ = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    auto c = random_scenario(random, {});
    slow_some_workers(c, i);
    if (!difference_of_thrice(c, i).empty()) ++differ;
  }
  EXPECT_LE(differ, 10);
}

}  // namespace
}  // namespace gilsim::test
