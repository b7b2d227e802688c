// Open queues at 80 % load against Erlang and Pollaczek-Khinchine.
//
// Each replication starts empty. The slowest mode of M/M/1 decays with rate (1 - sqrt(rho))^2 per
// service, here within 90 units of time, of the others faster; after 3000 units what is left of the
// empty start is below e^-33. Lengths: the variance of a mean wait at 80 % load is about
// 2000 services^2 per customer (Whitt 1989), so 1 % at 99.9 % takes 1e7 customers in all.
#include <gtest/gtest.h>

#include "tests/support/open_queue.hpp"
#include "tests/support/queueing_theory.hpp"
#include "tests/support/replications.hpp"
#include "tests/theory/expect_theory.hpp"

namespace gilsim::test {
namespace {

constexpr auto kWarmUp = sim::Duration::seconds(3000);

OpenQueueResult replicate_for(const OpenQueue& queue, std::int64_t departures, int replication) {
  return replicate(queue, kWarmUp, departures, 1, static_cast<std::uint64_t>(replication));
}

TEST(OpenQueues, SojournInMM1) {
  const auto means = replications([](int i) {
    return replicate_for({0.8, 1, false, 1}, 500'000, i).sojourn;
  });
  const auto theory = [](double rate, double service) {
    return wait_in_mmc(rate, service, 1) + service;
  };
  expect_theory("W of M/M/1", means, theory(0.8, 1), {theory(0.8 * 1.03, 1), theory(0.8, 0.97)});
}

TEST(OpenQueues, WaitInMM4) {
  const auto means = replications([](int i) {
    return replicate_for({3.2, 1, false, 4}, 800'000, i).wait;
  });
  expect_theory("Wq of M/M/4", means, wait_in_mmc(3.2, 1, 4),
                {wait_in_mmc(3.2 * 1.03, 1, 4), wait_in_mmc(3.2, 0.97, 4)});
}

TEST(OpenQueues, WaitInMD1) {
  const auto means = replications([](int i) {
    return replicate_for({0.8, 1, true, 1}, 300'000, i).wait;
  });
  expect_theory("Wq of M/D/1", means, wait_in_mg1(0.8, 1, 0),
                {wait_in_mg1(0.8 * 1.03, 1, 0), wait_in_mg1(0.8, 0.97, 0)});
}

}  // namespace
}  // namespace gilsim::test
