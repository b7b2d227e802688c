// The intervals themselves: of 2000 experiments, 93 to 97 % of the 95 % intervals contain theory.
// (Of a right procedure, 2000 experiments show 93.5 to 96.5 % with probability 0.997.)
#include <gtest/gtest.h>

#include "tests/support/closed_network.hpp"
#include "tests/support/open_queue.hpp"
#include "tests/support/queueing_theory.hpp"
#include "tests/support/replications.hpp"

namespace gilsim::test {
namespace {

constexpr int kExperiments = 2000;
constexpr std::uint64_t kRuns = 10;

double covered(double theory, const std::function<double(std::uint64_t)>& run) {
  int hits = 0;
  for (std::uint64_t experiment = 0; experiment < kExperiments; ++experiment) {
    std::vector<double> sample;
    for (std::uint64_t i = 0; i < kRuns; ++i) sample.push_back(run(experiment * kRuns + i));
    if (student_interval(sample, 0.95).contains(theory)) ++hits;
  }
  return static_cast<double>(hits) / kExperiments;
}

TEST(Coverage, OfTheRepairmansThroughput) {
  ClosedNetwork network;
  network.stations = {{2, 1, Discipline::kFifo, 0, {0, 1}},
                      {10, Station::kUnlimited, Discipline::kFifo, 0, {1, 0}}};
  network.customers = 4;
  const double share = covered(repairman_throughput(4, 10, 2, 1), [&](std::uint64_t run) {
    return replicate(network, sim::Duration::seconds(200), sim::Duration::seconds(1000), 2, run)
        .throughput;
  });
  EXPECT_GE(share, 0.93);
  EXPECT_LE(share, 0.97);
}

TEST(Coverage, OfTheSojournInMM1) {
  // At 50 % load the slowest mode decays within 12 units; a mean over 1000 customers is near
  // enough to normal.
  const double share = covered(2.0, [](std::uint64_t run) {
    return replicate({0.5, 1, false, 1}, sim::Duration::seconds(150), 1000, 2, run).sojourn;
  });
  EXPECT_GE(share, 0.93);
  EXPECT_LE(share, 0.97);
}

TEST(Coverage, IsLostWhenTheTheoryIsThreePerCentOff) {
  ClosedNetwork network;
  network.stations = {{2, 1, Discipline::kFifo, 0, {0, 1}},
                      {10, Station::kUnlimited, Discipline::kFifo, 0, {1, 0}}};
  network.customers = 4;
  const double share = covered(repairman_throughput(4, 10.3, 2.06, 1), [&](std::uint64_t run) {
    return replicate(network, sim::Duration::seconds(200), sim::Duration::seconds(1000), 2, run)
        .throughput;
  });
  EXPECT_LT(share, 0.90);
}

}  // namespace
}  // namespace gilsim::test
