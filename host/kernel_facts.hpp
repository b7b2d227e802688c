// What the kernel states about itself, so that nothing need be timed: tick, time slice, timer
// slack, the cores this process may use. Leaves out: quotas of a control group, kernels without
// EEVDF (before 6.6, whose slice shrinks with the number of threads that are ready).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/os/quota_parameters.hpp"
#include "sim/time.hpp"

namespace gilsim::host {

// In ascending order. Throws HostError.
std::vector<int> usable_cores();

// GiB that this machine has, to one decimal.
double physical_memory();

// 1/HZ: the resolution of CLOCK_MONOTONIC_COARSE, which advances once a tick (kernel/time).
sim::Duration kernel_tick();

// /sys/kernel/debug/sched/base_slice_ns where it may be read, else base_slice().
sim::Duration kernel_slice();

// kernel/sched/fair.c, sysctl_sched_base_slice scaled as SCHED_TUNABLESCALING_LOG:
// 0.7 ms (0.75 ms before 6.15) * (1 + floor(log2(min(cores, 8)))).
sim::Duration base_slice(int online_cores, const std::string& kernel_release);

// Of the container that this process is in, as cgroup v2 (cpu.max) or v1 (cpu.cfs_quota_us) tell;
// nothing: no quota.
std::optional<model::QuotaParameters> container_quota();

// "200000 100000", in microseconds; "max 100000" and v1's "-1 100000" are no quota.
std::optional<model::QuotaParameters> quota_of(const std::string& cpu_max);

// Of threads this process starts (prctl PR_GET_TIMERSLACK).
sim::Duration kernel_timer_slack();

}  // namespace gilsim::host
