// simulate() and the reference model agree to the nanosecond, on random small scenarios.
#include <gtest/gtest.h>

#include <ostream>

#include "tests/support/random_scenario.hpp"
#include "tests/support/reference_model.hpp"
#include "tests/support/same_outcome.hpp"

namespace gilsim::test {
namespace {

struct Case {
  const char* name;
  ScenarioShape shape;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Reference : public testing::TestWithParam<Case> {};

TEST_P(Reference, AgreesWithTheSimulator) {
  const Case& c = GetParam();
  sim::RandomStream random(3, 0, c.name);
  for (std::uint64_t i = 0; i < 250; ++i) {
    const model::Configuration configuration = random_scenario(random, c.shape);
    const model::Outcome reference = reference_outcome(configuration, i, 1);
    model::Outcome simulated = simulate(configuration, i, 1).outcome;
    for (auto& thread : simulated.threads) thread.latencies.clear();
    ASSERT_EQ(difference(reference, simulated), "")
        << "scenario " << i << ", " << threads_of(configuration) << " threads on "
        << configuration.machine.cores << " cores";
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Reference,
                         testing::Values(Case{"unshared", {Program::kAny, true, true}},
                                         Case{"free", {Program::kAny, false, false}},
                                         Case{"looping", {Program::kLooping, false, true}},
                                         Case{"batches", {Program::kBatch, false, true}}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace gilsim::test
