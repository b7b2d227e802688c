// A core that nobody needs changes nothing.
#include <gtest/gtest.h>

#include "tests/support/random_scenario.hpp"
#include "tests/support/same_outcome.hpp"

namespace gilsim::test {
namespace {

TEST(Cores, BeyondOneForEachThreadChangeNothing) {
  sim::RandomStream random(1, 0, "idle core");
  for (std::uint64_t i = 0; i < 400; ++i) {
    model::Configuration c =
        random_scenario(random, {.program = Program::kAny, .enough_cores = true});
    const auto enough = simulate(c, i, 0);
    c.machine.cores += 1 + static_cast<int>(i % 3);
    const auto more = simulate(c, i, 0);
    ASSERT_EQ(difference(enough.outcome, more.outcome), "") << "scenario " << i;
    ASSERT_EQ(enough.fingerprint, more.fingerprint);
  }
}

TEST(Cores, BelowTheNumberOfThreadsDoMatter) {
  sim::RandomStream random(1, 0, "scarce cores");
  int different = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    model::Configuration c = random_scenario(random, {});
    c.machine.cores = 1;
    const auto one = simulate(c, i, 0);
    c.machine.cores = 2;
    if (simulate(c, i, 0).fingerprint != one.fingerprint) ++different;
  }
  EXPECT_GE(different, 50) << "else the relation above says nothing";
}

}  // namespace
}  // namespace gilsim::test
