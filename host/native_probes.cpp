#include "host/native_probes.hpp"

#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <numeric>
#include <thread>

#include "host/host_error.hpp"
#include "host/pinned_thread.hpp"
#include "host/stop.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;
using Turn = std::atomic<std::uint32_t>;
static_assert(sizeof(Turn) == sizeof(std::uint32_t));

void wait_while(Turn& turn, std::uint32_t value) {
  while (turn.load() == value) {
    syscall(SYS_futex, &turn, FUTEX_WAIT_PRIVATE, value, nullptr, nullptr, 0);
  }
}

void hand_over(Turn& turn, std::uint32_t value) {
  turn.store(value);
  syscall(SYS_futex, &turn, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

// One side of a ping-pong: `rounds` times, waits for its turn and gives it away.
void play(Turn& turn, std::uint32_t mine, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    wait_while(turn, 1 - mine);
    hand_over(turn, 1 - mine);
  }
}

extern "C" void* return_at_once(void* argument) { return argument; }

Duration create_one_thread() {
  pthread_t thread{};
  const Duration before = thread_cpu_now();
  const int error = pthread_create(&thread, nullptr, return_at_once, nullptr);
  const Duration after = thread_cpu_now();
  if (error != 0) throw HostError("can't start a thread: the limit of threads is reached");
  pthread_join(thread, nullptr);
  return after - before;
}

// Several chains of dependent operations at a time: like an interpreter it keeps the core's
// execution units busy, which hardware threads of one core share. Results go to `kept`, so that the
// work stays.
constexpr std::size_t kChains = 6;
constexpr int kStepsAtOnce = 20'000;

std::uint64_t advance_chains(std::array<std::uint64_t, kChains>& chains) {
  for (int i = 0; i < kStepsAtOnce; ++i) {
    for (std::uint64_t& chain : chains) {
      chain ^= chain << 13;
      chain ^= chain >> 7;
      chain = chain * 6364136223846793005u + 1;
    }
  }
  return std::accumulate(chains.begin(), chains.end(), std::uint64_t{0});
}

// Steps per nanosecond of CPU time.
double compute_for(Duration time) {
  const Duration end = monotonic_now() + time;
  const Duration before = thread_cpu_now();
  std::array<std::uint64_t, kChains> chains = {1, 2, 3, 4, 5, 6};
  volatile std::uint64_t kept = 0;
  double steps = 0;
  while (monotonic_now() < end) {
    kept = kept ^ advance_chains(chains);
    steps += kStepsAtOnce;
  }
  return steps / static_cast<double>((thread_cpu_now() - before).count());
}

double speed_of(int core, Duration time) {
  double speed = 0;
  run_on_core(core, [&] { speed = compute_for(time); });
  return speed;
}

// The speed of `core` while all others compute as well.
double speed_among_all(const std::vector<int>& cores, int core, Duration time) {
  std::atomic<bool> over = false;
  std::vector<std::thread> others;
  for (const int other : cores) {
    if (other == core) continue;
    others.emplace_back([&over, other] {
      try {
        hold_this_thread_to(other);
      } catch (const HostError&) {
        return;
      }
      while (!over.load()) compute_for(Duration::milliseconds(1));
    });
  }
  const double speed = speed_of(core, time);
  over.store(true);
  for (std::thread& other : others) other.join();
  return speed;
}

}  // namespace

model::Cost probe_context_switch(const NativeProbeOptions& options) {
  constexpr int kRoundsPerSample = 100;
  const int count = options.quick ? 10 : 60;
  Samples samples;
  run_on_core(options.cores.back(), [&] {
    for (int i = 0; i < count; ++i) {
      throw_if_stopped(options.stop);
      Turn turn = 0;
      std::thread partner([&] { play(turn, 1, kRoundsPerSample + 1); });  // inherits the core
      play(turn, 0, 1);                                                   // until it is there
      const Duration before = monotonic_now();
      play(turn, 0, kRoundsPerSample);
      const Duration after = monotonic_now();
      partner.join();
      samples.push_back((after - before) / (std::int64_t{2} * kRoundsPerSample));
    }
  });
  return cost_of(samples);
}

model::Cost probe_thread_create(const NativeProbeOptions& options) {
  const int count = options.quick ? 30 : 300;
  create_one_thread();
  Samples samples;
  for (int i = 0; i < count; ++i) {
    throw_if_stopped(options.stop);
    samples.push_back(create_one_thread());
  }
  return cost_of(samples);
}

double relative_speed(double before, double among_all, double after) {
  constexpr double kLowest = 0.01;
  constexpr double kHighest = 2;
  return std::clamp(2 * among_all / (before + after), kLowest, kHighest);
}

model::Estimate probe_parallel_speed(const NativeProbeOptions& options) {
  const std::vector<int>& cores = options.cores;
  if (cores.size() < 2) return model::Estimate::exactly(1.0);
  const Duration time = Duration::milliseconds(options.quick ? 5 : 30);
  const int count = options.quick ? 6 : 24;
  std::vector<double> ratios;
  for (int i = 0; i < count; ++i) {
    throw_if_stopped(options.stop);
    const int core = cores[static_cast<std::size_t>(i) % cores.size()];
    const double before = speed_of(core, time);
    const double among_all = speed_among_all(cores, core, time);
    const double after = speed_of(core, time);
    ratios.push_back(relative_speed(before, among_all, after));
  }
  return estimate_of(ratios);
}

}  // namespace gilsim::host
