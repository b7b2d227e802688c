// What holds under every lock of the registry: the next one that is added, too.
#include <gtest/gtest.h>

#include <ostream>

#include "models/lock/registry.hpp"
#include "models/lock/scheduler_lock.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/same_outcome.hpp"

namespace gilsim::model {

// Found by GoogleTest: a test's parameter by its name, not by its bytes.
void PrintTo(LockKind kind, std::ostream* out) { *out << name_of(kind); }

}  // namespace gilsim::model

namespace gilsim::test {
namespace {

using model::Step;

sim::Duration time_of(const Step& step) {
  return std::visit([](const auto& s) { return std::get<model::Constant>(s.time).value; }, step);
}

sim::Duration work_of(const std::vector<Step>& steps) {
  sim::Duration work;
  for (const Step& step : steps) {
    if (!std::holds_alternative<model::WaitStep>(step)) work += time_of(step);
  }
  return work;
}

void only_native(std::vector<Step>& steps) {
  for (Step& step : steps) {
    if (auto* wait = std::get_if<model::WaitStep>(&step)) {
      wait->via = model::WaitVia::kSleep;  // others begin with a short call, which may be kept
      continue;
    }
    step = model::NativeStep{model::Constant{time_of(step)}, model::LockMode::kReleased};
  }
}

class EveryLock : public testing::TestWithParam<model::LockKind> {
 protected:
  model::Configuration scenario(sim::RandomStream& random, const ScenarioShape& shape) const {
    model::Configuration c = random_scenario(random, shape);
    c.lock = GetParam();
    c.free_threading_tax = 1;
    const auto rate = model::Estimate::exactly(1e7);  // releases every 3.4 us under the tick lock
    c.interpreter.rates = {rate, rate, rate};
    return c;
  }
};

// simulate() checks the laws of the simulated world in every run, and that a batch ends.
TEST_P(EveryLock, KeepsTheLawsAndDoesEveryTaskOnce) {
  sim::RandomStream random(1, 0, "every lock");
  for (std::uint64_t i = 0; i < 150; ++i) {
    const model::Configuration c = scenario(random, {.program = Program::kBatch});
    const auto outcome = simulate(c, i, 0).outcome;
    ASSERT_EQ(outcome.threads.at(0).operations, c.batch.tasks) << "scenario " << i;
    ASSERT_GE(outcome.cpu, work_of(c.batch.task) * c.batch.tasks) << "scenario " << i;
  }
}

TEST_P(EveryLock, KeepsTheLawsWithLoopingThreads) {
  sim::RandomStream random(2, 0, "every lock");
  for (std::uint64_t i = 0; i < 150; ++i) {
    const model::Configuration c = scenario(random, {.program = Program::kLooping});
    const auto outcome = simulate(c, i, 0).outcome;
    ASSERT_LE(outcome.cpu, (c.duration + sim::Duration::milliseconds(1)) * c.machine.cores);
    for (std::size_t t = 0; t < c.threads.size(); ++t) {
      const auto& thread = outcome.threads[t];
      ASSERT_GE(thread.cpu, work_of(c.threads[t].program) * thread.operations) << "scenario " << i;
    }
  }
}

TEST_P(EveryLock, IsNotThereForOneThread) {
  sim::RandomStream random(3, 0, "every lock");
  for (std::uint64_t i = 0; i < 100; ++i) {
    model::Configuration c = scenario(random, {.program = Program::kLooping});
    c.threads.resize(1);
    const auto with = simulate(c, i, 0).outcome;
    c.lock = model::LockKind::kNone;
    auto without = simulate(c, i, 0).outcome;
    without.lock_handovers = with.lock_handovers;  // one take, or none to speak of
    ASSERT_EQ(difference(with, without), "") << "scenario " << i;
    ASSERT_LE(with.lock_handovers, 1);
  }
}

TEST_P(EveryLock, IsNotThereForNativeThreadsThatReleaseIt) {
  sim::RandomStream random(4, 0, "every lock");
  for (std::uint64_t i = 0; i < 100; ++i) {
    model::Configuration c = scenario(random, {.program = Program::kLooping});
    for (model::LoopingThread& thread : c.threads) only_native(thread.program);
    const auto with = simulate(c, i, 0).outcome;
    c.lock = model::LockKind::kNone;
    const auto without = simulate(c, i, 0).outcome;
    for (std::size_t t = 0; t < c.threads.size(); ++t) {
      ASSERT_EQ(difference(with.threads[t], without.threads[t]), "") << "scenario " << i;
    }
  }
}

TEST_P(EveryLock, RepeatsItselfFromTheSeed) {
  sim::RandomStream random(5, 0, "every lock");
  for (std::uint64_t i = 0; i < 30; ++i) {
    const model::Configuration c = scenario(random, {});
    ASSERT_EQ(simulate(c, i, 7).fingerprint, simulate(c, i, 7).fingerprint) << "scenario " << i;
  }
}

TEST_P(EveryLock, MakesItsCollections) {
  sim::RandomStream random(6, 0, "every lock");
  for (std::uint64_t i = 0; i < 100; ++i) {
    model::Configuration c = scenario(random, {.program = Program::kBatch, .latencies = false});
    const auto none = simulate(c, i, 0).outcome;
    c.collections = {sim::Duration::milliseconds(1), sim::Duration::microseconds(300)};
    const auto some = simulate(c, i, 0).outcome;
    ASSERT_EQ(some.threads.at(0).operations, c.batch.tasks) << "scenario " << i;
    const sim::Duration more = some.cpu - none.cpu;
    const bool spins = GetParam() == model::LockKind::kScheduler;
    const sim::Duration unit = spins ? model::SchedulerLock::kSpin : c.collections.pause;
    ASSERT_EQ(more.count() % unit.count(), 0) << "scenario " << i;
  }
}

std::vector<model::LockKind> every_kind() {
  std::vector<model::LockKind> kinds;
  for (const model::LockModel& lock : model::lock_models()) kinds.push_back(lock.kind);
  return kinds;
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryLock, testing::ValuesIn(every_kind()),
                         [](const auto& lock) { return std::string(name_of(lock.param)); });

}  // namespace
}  // namespace gilsim::test
