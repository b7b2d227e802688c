// No run breaks a law on machines with a quota, a neighbour, hardware threads, CFS, shared memory:
// each alone and in any mixture. Nothing of them touches how much CPU time a task needs.
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/random_scenario.hpp"

namespace gilsim::test {
namespace {

using sim::Duration;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

void add_features(model::MachineParameters& machine, sim::RandomStream& random) {
  if (random_int(random, 0, 1) == 0) {
    machine.quota = model::QuotaParameters{random_time(random, ms(3), ms(60)),
                                           random_time(random, ms(5), ms(30))};
  }
  if (random_int(random, 0, 1) == 0) {
    const double duty = random_int(random, 0, 1) == 0 ? 1.0 : 0.1 + 0.8 * random.uniform();
    machine.background = model::BackgroundParameters{random_int(random, 1, 3), duty, ms(1)};
  }
  if (random_int(random, 0, 1) == 0) {
    machine.threads_per_core = random_int(random, 2, 3);
    machine.smt_speed = model::Estimate::exactly(0.5 + random.uniform() / 2);
  }
  if (random_int(random, 0, 1) == 0) machine.scheduler = model::SchedulerKind::kCfs;
  if (random_int(random, 0, 1) == 0) machine.memory = {{1, 5}, {4, 8}};
}

void move_memory(std::vector<model::Step>& program) {
  for (model::Step& step : program) {
    if (auto* const native = std::get_if<model::NativeStep>(&step)) native->memory = 4;
  }
}

model::Configuration with_features(sim::RandomStream& random, Program program) {
  model::Configuration c = random_scenario(random, {.program = program});
  add_features(c.machine, random);
  move_memory(c.batch.task);
  for (model::LoopingThread& thread : c.threads) move_memory(thread.program);
  return c;
}

void expect_no_breach(Program program, std::string_view stream) {
  sim::RandomStream random(1, 0, stream);
  for (std::uint64_t i = 0; i < 300; ++i) {
    const model::Configuration c = with_features(random, program);
    EXPECT_NO_THROW(simulate(c, i, 0)) << "scenario " << i;
  }
}

TEST(MachineFeatures, BreakNoLawInRandomRunsOfLoopingThreads) {
  expect_no_breach(Program::kLooping, "features under looping threads");
}

TEST(MachineFeatures, BreakNoLawInRandomBatches) {
  expect_no_breach(Program::kBatch, "features under batches");
}

TEST(MachineFeatures, TheSameSeedIsTheSameRun) {
  sim::RandomStream random(2, 0, "features, twice");
  for (std::uint64_t i = 0; i < 60; ++i) {
    const model::Configuration c = with_features(random, Program::kAny);
    EXPECT_EQ(simulate(c, i, 3).fingerprint, simulate(c, i, 3).fingerprint) << "scenario " << i;
  }
}

// What a feature does not do when its parameters say so.
TEST(MachineFeatures, EndlessMemoryAndASiblingOfNobodyChangeNothing) {
  sim::RandomStream random(3, 0, "features without effect");
  for (std::uint64_t i = 0; i < 100; ++i) {
    model::Configuration c = random_scenario(random, {});
    const model::Outcome plain = simulate(c, i, 0).outcome;
    c.machine.memory = {{1, 1e6}};
    EXPECT_EQ(simulate(c, i, 0).outcome.wall, plain.wall) << "memory, scenario " << i;
    if (c.machine.cores > 1) continue;  // on several cores siblings are placed differently
    c.machine.threads_per_core = 2;
    EXPECT_EQ(simulate(c, i, 0).outcome.wall, plain.wall) << "siblings, scenario " << i;
  }
}

}  // namespace
}  // namespace gilsim::test
