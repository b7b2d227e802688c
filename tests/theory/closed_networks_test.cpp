// Closed networks of a lock, a device and a delay against exact mean-value analysis: throughput,
// and the time at each station.
//
// Warm-up and lengths as in repairman_test.cpp: cycles last 15 to 60 units.
#include <gtest/gtest.h>

#include <ostream>

#include "tests/support/closed_network.hpp"
#include "tests/support/queueing_theory.hpp"
#include "tests/support/replications.hpp"
#include "tests/theory/expect_theory.hpp"

namespace gilsim::test {
namespace {

struct Network {
  const char* name;
  double lock, device, delay;  // mean times of one visit
  double to_device;            // probability of going from the lock to the device
  int customers;
};
void PrintTo(const Network& c, std::ostream* out) { *out << c.name; }

// Lock to device or delay, device to delay, delay to lock.
ClosedNetwork stations_of(const Network& n) {
  ClosedNetwork network;
  network.stations = {{n.lock, 1, Discipline::kFifo, 0, {0, n.to_device, 1 - n.to_device}},
                      {n.device, 1, Discipline::kFifo, 0, {0, 0, 1}},
                      {n.delay, Station::kUnlimited, Discipline::kFifo, 0, {1, 0, 0}}};
  network.customers = n.customers;
  return network;
}

MeanValues theory_of(const Network& n) {
  const ClosedNetwork network = stations_of(n);
  Eigen::MatrixXd routing(3, 3);
  for (Eigen::Index i = 0; i < 3; ++i) {
    for (Eigen::Index j = 0; j < 3; ++j) {
      const auto& next = network.stations[static_cast<std::size_t>(i)].next;
      routing(i, j) = next[static_cast<std::size_t>(j)];
    }
  }
  const Eigen::VectorXd visits = visit_ratios(routing);
  return mean_value_analysis(
      {{n.lock, false}, {n.device * visits[1], false}, {n.delay * visits[2], true}}, n.customers);
}

class ClosedNetworks : public testing::TestWithParam<Network> {};

TEST_P(ClosedNetworks, AgreeWithMeanValueAnalysis) {
  const Network& n = GetParam();
  const MeanValues theory = theory_of(n);
  const auto counted = sim::Duration::from_seconds(50'000 / theory.throughput);
  std::vector<double> lock, device;
  const auto throughputs = replications([&](int i) {
    const auto result = replicate(stations_of(n), sim::Duration::seconds(4000), counted, 1,
                                  static_cast<std::uint64_t>(i));
    lock.push_back(result.sojourns[0]);
    device.push_back(result.sojourns[1]);
    return result.throughput;
  });
  Network slower = n;  // every time 3 % longer: 3 % less throughput, whatever the bottleneck
  slower.lock *= 1.03;
  slower.device *= 1.03;
  slower.delay *= 1.03;
  const MeanValues wrong = theory_of(slower);
  expect_theory("throughput", throughputs, theory.throughput, {wrong.throughput});
  expect_theory("time at the lock", lock, theory.residence[0], {wrong.residence[0]});
  expect_theory("time at the device", device, theory.residence[1] / n.to_device,
                {wrong.residence[1] / n.to_device});
}

INSTANTIATE_TEST_SUITE_P(Mixes, ClosedNetworks,
                         testing::Values(Network{"few", 2, 3, 10, 1.0, 3},
                                         Network{"lock_bound", 4, 1.5, 8, 0.5, 6},
                                         Network{"device_bound", 1, 5, 6, 0.4, 6},
                                         Network{"balanced", 2, 4, 20, 0.5, 10}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace gilsim::test
