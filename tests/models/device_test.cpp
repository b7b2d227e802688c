// Devices that waits queue for, against what queueing theory says of them.
#include "models/io/device.hpp"

#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "sim/random.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;
using sim::Time;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

Step asks(const std::string& device, Duration time, WaitVia via = WaitVia::kSocket) {
  return WaitStep{Constant{time}, via, false, device};
}

Configuration batch(int tasks, int workers, const std::string& device, int servers) {
  Configuration c = free_machine(1);
  c.devices = {{"disk", 1}, {"pool", servers}};
  c.batch = {tasks, {asks(device, ms(10))}};
  c.strategy = StrategyKind::kThreads;
  c.workers = workers;
  number_devices(c);
  return c;
}

Duration wall_of(const Configuration& c) { return simulate(c, 1, 0).outcome.wall; }

TEST(DeviceQueue, ServesAsManyAtATimeAsItHasServersAndTheRestInOrder) {
  DeviceQueue device({"pool", 2});
  const Time start;
  EXPECT_EQ(device.admit(start, ms(10)), ms(0));
  EXPECT_EQ(device.admit(start, ms(4)), ms(0));
  EXPECT_EQ(device.admit(start, ms(10)), ms(4));
  EXPECT_EQ(device.admit(start + ms(1), ms(1)), ms(9));
  EXPECT_EQ(device.admit(start + ms(20), ms(5)), ms(0));
}

// Mean wait of M/M/k: C(k, a) / (k mu - lambda), C by Erlang.
double erlang_wait(int servers, double arrivals, double services) {
  const double load = arrivals / services;
  double term = 1;
  double sum = 0;
  for (int n = 0; n < servers; ++n) {
    sum += term;
    term *= load / (n + 1);
  }
  const double waiting = term / (1 - load / servers);
  return waiting / (sum + waiting) / (servers * services - arrivals);
}

class Servers : public testing::TestWithParam<int> {};

TEST_P(Servers, TheMeanWaitIsErlangs) {
  const int k = GetParam();
  const double services = 100;  // a second, of one server
  const double arrivals = 0.75 * k * services;
  sim::RandomStream random(7, 0, "queue");
  DeviceQueue device({"queue", k});
  Time now;
  double waited = 0;
  const int requests = 400'000;
  for (int i = 0; i < requests; ++i) {
    now = now + Duration::from_seconds(random.exponential() / arrivals);
    waited +=
        device.admit(now, Duration::from_seconds(random.exponential() / services)).in_seconds();
  }
  EXPECT_NEAR(waited / requests / erlang_wait(k, arrivals, services), 1, 0.05);
}

INSTANTIATE_TEST_SUITE_P(DeviceQueue, Servers, testing::Values(1, 2, 4, 8));

TEST(Device, OfKServersIsTheLimitHoweverManyThreadsAsk) {
  EXPECT_EQ(wall_of(batch(12, 12, "pool", 3)), ms(40));
  EXPECT_EQ(wall_of(batch(12, 2, "pool", 3)), ms(60));
  EXPECT_EQ(wall_of(batch(12, 12, "disk", 3)), ms(120));
}

TEST(Device, IsOneForAllProcesses) {
  Configuration c = batch(8, 4, "pool", 2);
  c.strategy = StrategyKind::kProcesses;
  c.pool.chunk_size = 1;
  EXPECT_EQ(wall_of(c), ms(40));
}

TEST(Device, QueuesCoroutinesToo) {
  Configuration c = batch(12, 12, "pool", 3);
  c.strategy = StrategyKind::kAsyncio;
  EXPECT_EQ(wall_of(c), ms(40));
}

TEST(Device, ThatNobodyNamesDoesNotMatter) {
  Configuration c = batch(12, 12, "pool", 3);
  std::get<WaitStep>(c.batch.task[0]).device.clear();
  std::get<WaitStep>(c.batch.task[0]).number = 0;
  EXPECT_EQ(wall_of(c), ms(10));
}

}  // namespace
}  // namespace gilsim::model
