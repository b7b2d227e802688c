// The machine's probes run and are well-formed; what the kernel states is read by its own rule.
// What the figures are is not for a test to say.
#include "host/native_probes.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "host/host_error.hpp"
#include "host/kernel_facts.hpp"
#include "host/packing_probe.hpp"
#include "host/pinned_thread.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }

NativeProbeOptions quick(const StopFlag* stop = nullptr) { return {usable_cores(), true, stop}; }

void expect_measured(const model::Cost& cost, int samples) {
  EXPECT_GE(cost.low, Duration());
  EXPECT_LE(cost.low, cost.median);
  EXPECT_LE(cost.median, cost.high);
  EXPECT_EQ(cost.samples, samples);
}

TEST(BaseSlice, GrowsWithTheLogarithmOfTheCoresUpToEight) {
  EXPECT_EQ(base_slice(1, "6.18.44"), us(700));
  EXPECT_EQ(base_slice(2, "6.18.44"), us(1400));
  EXPECT_EQ(base_slice(3, "6.18.44"), us(1400));
  EXPECT_EQ(base_slice(4, "6.18.44"), us(2100));
  EXPECT_EQ(base_slice(7, "6.18.44"), us(2100));
  EXPECT_EQ(base_slice(8, "6.18.44"), us(2800));
  EXPECT_EQ(base_slice(256, "6.18.44"), us(2800));
}

TEST(KernelFacts, AContainersQuotaIsReadAsTheKernelWritesIt) {
  const auto quota = quota_of("200000 100000");
  ASSERT_TRUE(quota.has_value());
  EXPECT_EQ(quota->quota, sim::Duration::milliseconds(200));
  EXPECT_EQ(quota->period, sim::Duration::milliseconds(100));
  for (const char* none : {"max 100000", "-1 100000", "", "200000", "200000 0", " "}) {
    EXPECT_FALSE(quota_of(none).has_value()) << none;
  }
}

TEST(BaseSlice, IsLongerBeforeKernel615) {
  EXPECT_EQ(base_slice(1, "6.14.9-generic"), us(750));
  EXPECT_EQ(base_slice(1, "6.15.0-rc1"), us(700));
  EXPECT_EQ(base_slice(1, "7.0.0"), us(700));
  EXPECT_EQ(base_slice(2, "5.10.0-30-amd64"), us(1500));
}

TEST(KernelFacts, TheTickIsAWholeNumberOfHertz) {
  const double hertz = 1 / kernel_tick().in_seconds();
  EXPECT_GE(hertz, 1);
  EXPECT_NEAR(hertz, std::round(hertz), 0.01);
}

TEST(KernelFacts, UsableCoresAreDistinctAndAscending) {
  const std::vector<int> cores = usable_cores();
  ASSERT_FALSE(cores.empty());
  EXPECT_TRUE(std::is_sorted(cores.begin(), cores.end()));
  EXPECT_EQ(std::adjacent_find(cores.begin(), cores.end()), cores.end());
}

TEST(PinnedThread, RunsWhereItWasSentAndHandsErrorsOut) {
  for (const int core : usable_cores()) {
    int seen = -1;
    run_on_core(core, [&] { seen = sched_getcpu(); });
    EXPECT_EQ(seen, core);
  }
  EXPECT_THROW(run_on_core(usable_cores()[0], [] { throw Interrupted(); }), Interrupted);
}

TEST(PinnedThread, ToACoreThatIsNotThereIsAnErrorWithTheCoresNumber) {
  try {
    run_on_core(4000, [] {});
    FAIL() << "core 4000";
  } catch (const HostError& error) {
    EXPECT_NE(std::string(error.what()).find("core 4000"), std::string::npos);
  }
}

TEST(TimerProbe, PutsTheSlackInTheIdleTimeAndNotInTheLatency) {
  const model::WakeCurve none = probe_timer_wake(quick(), Duration());
  ASSERT_FALSE(none.empty());
  // With a slack longer than any overshoot of this machine nothing remains.
  const Duration slack = Duration::seconds(3600);
  const model::WakeCurve all = probe_timer_wake(quick(), slack);
  ASSERT_EQ(all.size(), none.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].idle, none[i].idle + slack);
    EXPECT_EQ(all[i].latency.high, Duration());
  }
}

TEST(FutexProbe, SharesItsSamplesAmongThePartnersAndTimesEachCallOfTheWaker) {
  if (usable_cores().size() < 2) GTEST_SKIP() << "one core: nobody to wake on another";
  NativeProbeOptions two = quick();
  two.cores.resize(2);
  const FutexWakeCosts costs = probe_futex_wake(two);
  ASSERT_FALSE(costs.wake.empty());
  int samples = 0;
  for (const model::WakeLatency& point : costs.wake) {
    expect_measured(point.latency, point.latency.samples);
    EXPECT_GT(point.latency.median, Duration());
    samples += point.latency.samples;
  }
  expect_measured(costs.waker, samples);
}

TEST(ParallelSpeed, IsRelativeToTheMeanOfBeforeAndAfter) {
  EXPECT_DOUBLE_EQ(relative_speed(1.0, 1.2, 1.4), 1.0);
  EXPECT_DOUBLE_EQ(relative_speed(2.0, 1.0, 2.0), 0.5);
}

TEST(ParallelSpeed, ADisturbedSampleStaysWithinWhatAProfileMayHold) {
  EXPECT_EQ(relative_speed(1.0, 2.1, 1.0), 2.0);
  EXPECT_EQ(relative_speed(1.0, 0.001, 1.0), 0.01);
}

TEST(ParallelSpeed, OfOneCoreIsStatedAsOne) {
  NativeProbeOptions one = quick();
  one.cores.resize(1);
  const model::Estimate speed = probe_parallel_speed(one);
  EXPECT_EQ(speed.median, 1);
  EXPECT_EQ(speed.samples, 0);
}

TEST(PackingProbe, FindsAShareOfACore) {
  const double found = probe_packing(quick());
  EXPECT_GE(found, 0);
  EXPECT_LE(found, 1);
}

TEST(PackingProbe, OfOneCoreIsNone) {
  NativeProbeOptions one = quick();
  one.cores.resize(1);
  EXPECT_EQ(probe_packing(one), 0);
}

TEST(NativeProbes, EachSeesAStop) {
  const StopFlag stop = true;
  const NativeProbeOptions stopped = quick(&stop);
  EXPECT_THROW(probe_context_switch(stopped), Interrupted);
  EXPECT_THROW(probe_thread_create(stopped), Interrupted);
  EXPECT_THROW(probe_timer_wake(stopped, Duration()), Interrupted);
  if (stopped.cores.size() < 2) return;
  EXPECT_THROW(probe_parallel_speed(stopped), Interrupted);
  EXPECT_THROW(probe_futex_wake(stopped), Interrupted);
  EXPECT_THROW(probe_packing(stopped), Interrupted);
}

}  // namespace
}  // namespace gilsim::host
