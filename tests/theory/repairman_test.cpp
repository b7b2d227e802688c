// The machine repairman on bare stations: threads that block for I/O (Z = 10 on average, then
// S = 2 under one lock), whatever the order in which the lock serves them; and with four servers.
//
// A cycle lasts 12 to 32 units; 2000 units of warm-up are more than sixty of them, and the chain
// forgets faster than one a cycle. 30,000 cycles a replication leave about 0.4 % at 99.9 %.
#include <gtest/gtest.h>

#include <ostream>

#include "tests/support/closed_network.hpp"
#include "tests/support/queueing_theory.hpp"
#include "tests/support/replications.hpp"
#include "tests/theory/expect_theory.hpp"

namespace gilsim::test {
namespace {

constexpr double kThink = 10;
constexpr double kService = 2;
constexpr double kCycles = 30'000;

struct Case {
  const char* name;
  int threads;
  int servers;
  Discipline discipline;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

void expect_repairman(const Case& c) {
  ClosedNetwork network;
  network.stations = {{kService, c.servers, c.discipline, 0.5, {0, 1}},
                      {kThink, Station::kUnlimited, Discipline::kFifo, 0, {1, 0}}};
  network.customers = c.threads;
  const double theory = repairman_throughput(c.threads, kThink, kService, c.servers);
  const auto counted = sim::Duration::from_seconds(kCycles / theory);
  const auto throughputs = replications([&](int i) {
    return replicate(network, sim::Duration::seconds(2000), counted, 1,
                     static_cast<std::uint64_t>(i))
        .throughput;
  });
  // Few threads think, many serve: 3 % of the longer part of the cycle.
  const bool saturated = theory * kService > 0.7 * c.servers;
  const double wrong = saturated
                           ? repairman_throughput(c.threads, kThink, kService * 1.03, c.servers)
                           : repairman_throughput(c.threads, kThink * 1.03, kService, c.servers);
  expect_theory("X for " + std::to_string(c.threads) + " threads", throughputs, theory, {wrong});
}

class Repairman : public testing::TestWithParam<Case> {};

TEST_P(Repairman, HasTheThroughputOfTheory) { expect_repairman(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    InAnyOrder, Repairman,
    testing::Values(Case{"1_threads_fifo", 1, 1, Discipline::kFifo},
                    Case{"2_threads_fifo", 2, 1, Discipline::kFifo},
                    Case{"4_threads_fifo", 4, 1, Discipline::kFifo},
                    Case{"8_threads_fifo", 8, 1, Discipline::kFifo},
                    Case{"16_threads_fifo", 16, 1, Discipline::kFifo},
                    Case{"16_threads_on_4_servers_fifo", 16, 4, Discipline::kFifo},
                    Case{"4_threads_lifo", 4, 1, Discipline::kLifo},
                    Case{"8_threads_lifo", 8, 1, Discipline::kLifo},
                    Case{"16_threads_on_4_servers_lifo", 16, 4, Discipline::kLifo},
                    Case{"4_threads_round_robin", 4, 1, Discipline::kRoundRobin},
                    Case{"8_threads_round_robin", 8, 1, Discipline::kRoundRobin},
                    Case{"16_threads_on_4_servers_round_robin", 16, 4, Discipline::kRoundRobin}),
    [](const auto& test) { return std::string("of_") + test.param.name; });

}  // namespace
}  // namespace gilsim::test
