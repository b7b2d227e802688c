// Devices whose speed is divided among all who use them, against what queueing theory says of them.
#include "models/io/shared_device.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "models/simulation.hpp"
#include "sim/random.hpp"
#include "tests/support/free_machine.hpp"

namespace gilsim::model {
namespace {

using sim::Duration;
using sim::Time;

constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

TEST(SharedDevice, AloneATransferTakesItsTimeAndTwoTakeTwice) {
  SharedDevice link(1);
  EXPECT_FALSE(link.next_end());
  link.begin(Time{}, ms(10), 1);
  EXPECT_EQ(*link.next_end(), Time{} + ms(10));
  link.begin(Time{} + ms(5), ms(10), 2);
  EXPECT_EQ(*link.next_end(), Time{} + ms(15)) << "half of 10 ms, at half the speed";
  EXPECT_EQ(link.end_next(), 1U);
  EXPECT_EQ(*link.next_end(), Time{} + ms(20));
  EXPECT_EQ(link.end_next(), 2U);
  EXPECT_FALSE(link.next_end());
}

TEST(SharedDevice, AsManyAsItHasServersGoOnAtFullSpeed) {
  SharedDevice link(2);
  link.begin(Time{}, ms(6), 1);
  link.begin(Time{}, ms(6), 2);
  EXPECT_EQ(*link.next_end(), Time{} + ms(6));
  link.begin(Time{}, ms(6), 3);
  EXPECT_EQ(*link.next_end(), Time{} + ms(9));
}

struct Arrivals {
  double per_second;
  std::vector<double> services;  // seconds, equally likely; empty: exponential, 10 ms
};

// Mean time in the device, by which service it was (0 where they are exponential).
std::vector<double> mean_times(int servers, const Arrivals& arrivals) {
  constexpr int kRequests = 300'000;
  sim::RandomStream random(7, 0, "link");
  SharedDevice link(servers);
  const std::size_t kinds = std::max<std::size_t>(arrivals.services.size(), 1);
  std::vector<double> sum(kinds, 0), count(kinds, 0);
  std::vector<std::pair<Time, std::size_t>> begun;
  Time now;
  for (int i = 0; i < kRequests; ++i) {
    now = now + Duration::from_seconds(random.exponential() / arrivals.per_second);
    while (link.next_end() && *link.next_end() <= now) {
      const Time end = *link.next_end();
      const auto [begin, kind] = begun[link.end_next()];
      sum[kind] += (end - begin).in_seconds();
      count[kind] += 1;
    }
    const auto kind = static_cast<std::size_t>(random.uniform() * static_cast<double>(kinds));
    const double service =
        arrivals.services.empty() ? random.exponential() * 0.01 : arrivals.services[kind];
    begun.emplace_back(now, kind);
    link.begin(now, Duration::from_seconds(service), static_cast<std::uint64_t>(i));
  }
  for (std::size_t k = 0; k < kinds; ++k) sum[k] /= count[k];
  return sum;
}

TEST(SharedDevice, OfMG1ProcessorSharingShortAndLongOnesAreSlowedDownAlike) {
  const double load = 0.7;
  const auto times = mean_times(1, {load / 0.005, {0.001, 0.009}});
  EXPECT_NEAR(times[0] * (1 - load) / 0.001, 1, 0.05);
  EXPECT_NEAR(times[1] * (1 - load) / 0.009, 1, 0.05);
}

// Mean time of M/M/k, waiting by Erlang's formula, services of 10 ms.
double erlang_time(int servers, double load) {
  double term = 1, sum = 0;
  for (int n = 0; n < servers; ++n) {
    sum += term;
    term *= servers * load / (n + 1);
  }
  const double waiting = term / (1 - load);
  return 0.01 + waiting / (sum + waiting) * 0.01 / (servers * (1 - load));
}

class SharedServers : public testing::TestWithParam<int> {};

TEST_P(SharedServers, TheMeanTimeIsErlangsWhateverTheServicesAre) {
  const double load = 0.75;
  const double per_second = load * GetParam() / 0.01;
  const double expected = erlang_time(GetParam(), load);
  EXPECT_NEAR(mean_times(GetParam(), {per_second, {}})[0] / expected, 1, 0.05);
  EXPECT_NEAR(mean_times(GetParam(), {per_second, {0.01}})[0] / expected, 1, 0.05);
}

INSTANTIATE_TEST_SUITE_P(SharedDevice, SharedServers, testing::Values(1, 2, 8));

Configuration batch(int tasks, Discipline discipline, int servers, StrategyKind strategy,
                    std::vector<Step> task) {
  Configuration c = free_machine(1);
  c.devices = {{"other", 1}, {"link", servers, discipline}};
  c.batch = {tasks, std::move(task)};
  c.strategy = strategy;
  c.workers = tasks;
  number_devices(c);
  return c;
}

Step moves(Duration time) { return WaitStep{Constant{time}, WaitVia::kSocket, false, "link"}; }

Duration wall_of(const Configuration& c) { return simulate(c, 1, 0).outcome.wall; }

class EachWay : public testing::TestWithParam<StrategyKind> {};

TEST_P(EachWay, TransfersThatBeganTogetherEndTogether) {
  const std::vector<Step> task{moves(ms(10)), PythonStep{Constant{ms(10)}, {}}};
  EXPECT_EQ(wall_of(batch(2, Discipline::kQueue, 1, GetParam(), task)), ms(30));
  EXPECT_EQ(wall_of(batch(2, Discipline::kShared, 1, GetParam(), task)), ms(40));
}

TEST_P(EachWay, TheBandwidthIsTheLimitHoweverManyAsk) {
  EXPECT_EQ(wall_of(batch(12, Discipline::kShared, 3, GetParam(), {moves(ms(10))})), ms(40));
  EXPECT_EQ(wall_of(batch(2, Discipline::kShared, 3, GetParam(), {moves(ms(10))})), ms(10));
}

INSTANTIATE_TEST_SUITE_P(SharedDevice, EachWay,
                         testing::Values(StrategyKind::kThreads, StrategyKind::kAsyncio),
                         [](const auto& instance) { return std::string(name_of(instance.param)); });

TEST(SharedDevice, DelaysCoroutinesAndThreadsAlikeWhateverTheLoopWaitsFor) {
  const Distribution asleep = Uniform{ms(1), ms(60)};
  const std::vector<Step> task{WaitStep{asleep, WaitVia::kSleep}, moves(ms(6)),
                               WaitStep{asleep, WaitVia::kSleep}, moves(ms(3))};
  const Duration threads = wall_of(batch(15, Discipline::kShared, 1, StrategyKind::kThreads, task));
  const Duration loop = wall_of(batch(15, Discipline::kShared, 1, StrategyKind::kAsyncio, task));
  EXPECT_GE(threads, ms(135));
  EXPECT_GE(loop, threads - ms(1));
  EXPECT_LE(loop, threads + ms(4)) << "epoll's timers round up to milliseconds";
}

}  // namespace
}  // namespace gilsim::model
