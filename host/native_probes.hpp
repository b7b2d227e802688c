// Micro-probes of the machine and its kernel, in native threads held to cores. Each measures one
// cost of model::MachineParameters. They leave out: cores of different speed, sockets and shared
// caches (partners are taken in turn, so differences widen the spread), memory bandwidth.
#pragma once

#include <vector>

#include "host/measurements.hpp"
#include "host/subprocess.hpp"
#include "models/os/machine_parameters.hpp"

namespace gilsim::host {

struct NativeProbeOptions {
  std::vector<int> cores;  // that may be used, at least one
  bool quick = false;
  const StopFlag* stop = nullptr;
};

struct FutexWakeCosts {
  model::WakeCurve wake;
  model::Cost waker;
};

// A thread waits on a condition variable with a time-out, as take_gil() does; another one, busy on
// another core, signals it after a while. Needs two cores.
FutexWakeCosts probe_futex_wake(const NativeProbeOptions& options);

// A thread alone on its core sleeps (clock_nanosleep, timed wait on a condition variable in turn):
// what it oversleeps beyond the timer slack.
model::WakeCurve probe_timer_wake(const NativeProbeOptions& options, sim::Duration timer_slack);

// Two threads on one core wake each other by futex in turn; half the round trip.
model::Cost probe_context_switch(const NativeProbeOptions& options);

// CPU time of pthread_create() in the creator, its stack taken from the C library's cache.
model::Cost probe_thread_create(const NativeProbeOptions& options);

// Speed among all, relative to the mean of the speeds alone before and after; within what a profile
// may hold (model::MachineParameters): beyond that the runs alone were disturbed, not the core.
double relative_speed(double before, double among_all, double after);

// Speed of one core beside all others busy, relative to its speed alone before and after; a loop in
// registers with several operations at a time, by CPU time.
model::Estimate probe_parallel_speed(const NativeProbeOptions& options);

}  // namespace gilsim::host
