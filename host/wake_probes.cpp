#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "host/host_error.hpp"
#include "host/native_probes.hpp"
#include "host/pinned_thread.hpp"
#include "host/stop.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

struct IdlePoint {
  Duration idle;
  int samples;
  int quick_samples;
};

constexpr IdlePoint kFutexPoints[] = {
    {Duration::microseconds(10), 200, 16},  {Duration::microseconds(50), 200, 16},
    {Duration::microseconds(200), 200, 16}, {Duration::milliseconds(1), 160, 12},
    {Duration::milliseconds(3), 80, 4},     {Duration::milliseconds(6), 60, 3},
    {Duration::milliseconds(20), 40, 3},
};
constexpr IdlePoint kTimerPoints[] = {
    {Duration::microseconds(50), 200, 16}, {Duration::microseconds(200), 200, 16},
    {Duration::milliseconds(1), 160, 12},  {Duration::milliseconds(3), 80, 4},
    {Duration::milliseconds(6), 60, 3},    {Duration::milliseconds(20), 40, 3},
};
constexpr int kMostPartners = 4;

// The waiting side of the futex probe, in a thread of its own until destroyed.
class Waiter {
 public:
  explicit Waiter(int core) : thread_([this, core] { wait_until_done(core); }) {}
  ~Waiter() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    signal_.notify_one();
    thread_.join();
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  void spin_until_waiting() {
    while (!waiting_.load()) {
    }
    const std::lock_guard lock(mutex_);  // it has let go of the mutex: it is in the wait
  }

  struct WakeUp {
    Duration latency;
    Duration call;  // of the waking thread
  };
  WakeUp wake() {
    arrived_.store(0);
    waiting_.store(false);
    mutex_.lock();
    signalled_ = true;
    const Duration before = monotonic_now();
    signal_.notify_one();
    const Duration after = monotonic_now();
    mutex_.unlock();
    while (arrived_.load() == 0) {
    }
    return {Duration::nanoseconds(arrived_.load()) - before, after - before};
  }

 private:
  void wait_until_done(int core) {
    try {
      hold_this_thread_to(core);
    } catch (const HostError&) {
      // The figures then are of wherever the kernel puts it.
    }
    std::unique_lock lock(mutex_);
    while (!done_) {
      waiting_.store(true);
      while (!signalled_ && !done_) signal_.wait_for(lock, std::chrono::seconds(5));
      const Duration now = monotonic_now();
      signalled_ = false;
      arrived_.store(now.count());
    }
  }

  std::mutex mutex_;
  std::condition_variable signal_;
  bool signalled_ = false;
  bool done_ = false;
  std::atomic<bool> waiting_ = false;
  std::atomic<std::int64_t> arrived_ = 0;
  std::thread thread_;  // last: starts when the rest is there
};

struct FutexSamples {
  std::vector<Samples> wakes;  // by point
  Samples calls;
};

void sample_partner(int core, int partner, int share, const NativeProbeOptions& options,
                    FutexSamples& into) {
  run_on_core(core, [&] {
    Waiter waiter(partner);
    for (std::size_t point = 0; point < std::size(kFutexPoints); ++point) {
      const auto& [idle, samples, quick_samples] = kFutexPoints[point];
      const int count = std::max(1, (options.quick ? quick_samples : samples) / share);
      for (int i = 0; i < count; ++i) {
        throw_if_stopped(options.stop);
        waiter.spin_until_waiting();
        spin_for(idle);
        const Waiter::WakeUp wake_up = waiter.wake();
        into.wakes[point].push_back(wake_up.latency);
        into.calls.push_back(wake_up.call);
      }
    }
  });
}

void sleep_for(Duration time) {
  const timespec request{time.count() / 1'000'000'000, time.count() % 1'000'000'000};
  clock_nanosleep(CLOCK_MONOTONIC, 0, &request, nullptr);
}

void wait_in_vain_for(Duration time) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, std::chrono::nanoseconds(time.count()));
}

}  // namespace

FutexWakeCosts probe_futex_wake(const NativeProbeOptions& options) {
  FutexSamples samples;
  samples.wakes.resize(std::size(kFutexPoints));
  const int partners = std::min(static_cast<int>(options.cores.size()) - 1, kMostPartners);
  for (int i = 0; i < partners; ++i) {
    const auto partner = static_cast<std::size_t>(i) + 1;
    sample_partner(options.cores[0], options.cores[partner], partners, options, samples);
  }
  FutexWakeCosts costs;
  for (std::size_t i = 0; i < samples.wakes.size(); ++i) {
    costs.wake.push_back({kFutexPoints[i].idle, cost_of(samples.wakes[i])});
  }
  costs.waker = cost_of(samples.calls);
  return costs;
}

model::WakeCurve probe_timer_wake(const NativeProbeOptions& options, Duration timer_slack) {
  model::WakeCurve curve;
  run_on_core(options.cores.back(), [&] {
    for (const auto& [idle, samples, quick_samples] : kTimerPoints) {
      Samples wakes;
      const int count = options.quick ? quick_samples : samples;
      for (int i = 0; i < count; ++i) {
        throw_if_stopped(options.stop);
        const Duration before = monotonic_now();
        i % 2 == 0 ? sleep_for(idle) : wait_in_vain_for(idle);
        wakes.push_back(monotonic_now() - before - idle - timer_slack);
      }
      curve.push_back({idle + timer_slack, cost_of(wakes)});
    }
  });
  return curve;
}

}  // namespace gilsim::host
