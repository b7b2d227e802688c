#include "host/kernel_facts.hpp"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>

#include "host/host_error.hpp"

namespace gilsim::host {
namespace {

constexpr int kMostCores = 4096;

struct FreeCpuSet {
  void operator()(cpu_set_t* set) const { CPU_FREE(set); }
};

}  // namespace

std::vector<int> usable_cores() {
  const std::unique_ptr<cpu_set_t, FreeCpuSet> set(CPU_ALLOC(kMostCores));
  const std::size_t size = CPU_ALLOC_SIZE(kMostCores);
  if (!set || sched_getaffinity(0, size, set.get()) != 0) {
    throw HostError("can't see which cores this process may use (sched_getaffinity failed)");
  }
  std::vector<int> cores;
  for (int core = 0; core < kMostCores; ++core) {
    if (CPU_ISSET_S(core, size, set.get())) cores.push_back(core);
  }
  return cores;
}

double physical_memory() {
  const double bytes =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  return std::round(bytes / (1024.0 * 1024 * 1024) * 10) / 10;
}

sim::Duration kernel_tick() {
  timespec resolution{};
  if (clock_getres(CLOCK_MONOTONIC_COARSE, &resolution) != 0 || resolution.tv_nsec <= 0) {
    throw HostError("can't see the kernel's tick (clock_getres CLOCK_MONOTONIC_COARSE failed)");
  }
  return sim::Duration::nanoseconds(resolution.tv_nsec);
}

sim::Duration base_slice(int online_cores, const std::string& kernel_release) {
  int major = 0;
  int minor = 0;
  std::sscanf(kernel_release.c_str(), "%d.%d", &major, &minor);
  const bool since_6_15 = major > 6 || (major == 6 && minor >= 15);
  const auto cores = static_cast<unsigned>(std::clamp(online_cores, 1, 8));
  const auto factor = static_cast<int>(std::bit_width(cores));  // 1 + floor(log2(cores))
  return sim::Duration::microseconds(since_6_15 ? 700 : 750) * factor;
}

sim::Duration kernel_slice() {
  std::ifstream stated("/sys/kernel/debug/sched/base_slice_ns");
  std::int64_t nanoseconds = 0;
  if (stated >> nanoseconds && nanoseconds > 0) return sim::Duration::nanoseconds(nanoseconds);
  utsname system{};
  uname(&system);
  return base_slice(static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN)), system.release);
}

std::optional<model::QuotaParameters> quota_of(const std::string& cpu_max) {
  long long quota = 0;
  long long period = 0;
  if (std::sscanf(cpu_max.c_str(), "%lld %lld", &quota, &period) != 2) return std::nullopt;
  if (quota <= 0 || period <= 0) return std::nullopt;
  model::QuotaParameters parameters;
  parameters.quota = sim::Duration::microseconds(quota);
  parameters.period = sim::Duration::microseconds(period);
  return parameters;
}

std::optional<model::QuotaParameters> container_quota() {
  const auto text_of = [](const char* path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
  };
  auto quota = quota_of(text_of("/sys/fs/cgroup/cpu.max"));
  if (!quota) {
    quota = quota_of(text_of("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") + " " +
                     text_of("/sys/fs/cgroup/cpu/cpu.cfs_period_us"));
  }
  std::ifstream slice("/proc/sys/kernel/sched_cfs_bandwidth_slice_us");
  std::int64_t microseconds = 0;
  if (quota && slice >> microseconds && microseconds > 0) {
    quota->slice = sim::Duration::microseconds(microseconds);
  }
  return quota;
}

sim::Duration kernel_timer_slack() {
  const int slack = prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0);
  if (slack < 0) throw HostError("can't see the timer slack (prctl PR_GET_TIMERSLACK failed)");
  return sim::Duration::nanoseconds(slack);
}

}  // namespace gilsim::host
