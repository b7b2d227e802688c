// No run breaks a law (models/laws/law_checker.hpp): random ones, and those with every cost spread
// out. The list of mutants says for each law which fault breaks it; this program must name it.
#include <gtest/gtest.h>

#include "models/laws/law_checker.hpp"
#include "models/program/strategy.hpp"
#include "models/simulation.hpp"
#include "tests/golden/configurations.hpp"
#include "tests/support/random_scenario.hpp"

namespace gilsim::test {
namespace {

std::string broken_by(const model::Configuration& configuration, std::uint64_t seed) {
  try {
    simulate(configuration, seed, 0);
    return "";
  } catch (const model::LawBroken& law) {
    return law.what();
  }
}

void expect_no_breach_in_random_runs(Program program, std::string_view stream) {
  sim::RandomStream random(1, 0, stream);
  for (std::uint64_t i = 0; i < 300; ++i) {
    const model::Configuration c = random_scenario(random, {.program = program});
    EXPECT_EQ(broken_by(c, i), "") << "scenario " << i;
  }
}

TEST(Laws, HoldInRandomRunsOfLoopingThreads) {
  expect_no_breach_in_random_runs(Program::kLooping, "laws of looping threads");
}

TEST(Laws, HoldInRandomBatches) {
  expect_no_breach_in_random_runs(Program::kBatch, "laws of batches");
}

// A batch that is looked at again and again on its way; nobody in it ever waits in a circle.
std::string broken_on_the_way(const model::Configuration& configuration, std::uint64_t seed) {
  const auto layer = model::strategy_for(configuration.strategy)
                         .make(configuration, sample_tasks(configuration, seed, 0));
  model::World world(configuration, seed, 0);
  layer->begin(world);
  for (std::int64_t i = 1; i <= 20000 && !layer->is_over(); ++i) {
    world.run_until(sim::Time::from_start(sim::Duration::microseconds(5) * i));
    try {
      world.check_accounts();
    } catch (const model::LawBroken& law) {
      return law.what();
    }
  }
  return "";
}

TEST(Laws, HoldAtEveryMomentOfABatch) {
  sim::RandomStream random(1, 0, "laws at every moment");
  for (std::uint64_t i = 0; i < 100; ++i) {
    const model::Configuration c = random_scenario(random, {.program = Program::kBatch});
    EXPECT_EQ(broken_on_the_way(c, i), "") << "scenario " << i;
  }
}

TEST(Laws, HoldWhereEveryCostIsSpreadOut) {
  for (const auto& [name, configuration] : golden_configurations()) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      EXPECT_EQ(broken_by(configuration, seed), "") << name;
    }
  }
}

}  // namespace
}  // namespace gilsim::test
