// What the kernel states about itself, so that nothing need be timed: tick, time slice, timer
// slack, the cores this process may use. Leaves out: quotas of a control group, kernels without
// EEVDF (before 6.6, whose slice shrinks with the number of threads that are ready).
#pragma once

#include <string>
#include <vector>

#include "sim/time.hpp"

namespace gilsim::host {

// In ascending order. Throws HostError.
std::vector<int> usable_cores();

// 1/HZ: the resolution of CLOCK_MONOTONIC_COARSE, which advances once a tick (kernel/time).
sim::Duration kernel_tick();

// /sys/kernel/debug/sched/base_slice_ns where it may be read, else base_slice().
sim::Duration kernel_slice();

// kernel/sched/fair.c, sysctl_sched_base_slice scaled as SCHED_TUNABLESCALING_LOG:
// 0.7 ms (0.75 ms before 6.15) * (1 + floor(log2(min(cores, 8)))).
sim::Duration base_slice(int online_cores, const std::string& kernel_release);

// Of threads this process starts (prctl PR_GET_TIMERSLACK).
sim::Duration kernel_timer_slack();

}  // namespace gilsim::host
