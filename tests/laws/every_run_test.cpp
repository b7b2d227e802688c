// No run breaks a law (models/laws/law_checker.hpp): random ones, and those with every cost spread
// out. The list of mutants says for each law which fault breaks it; this program must name it.
#include <gtest/gtest.h>

#include "models/laws/law_checker.hpp"
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

TEST(Laws, HoldWhereEveryCostIsSpreadOut) {
  for (const auto& [name, configuration] : golden_configurations()) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      EXPECT_EQ(broken_by(configuration, seed), "") << name;
    }
  }
}

}  // namespace
}  // namespace gilsim::test
