// A native thread held to one core, for probes that must know where they run.
#pragma once

#include <functional>
#include <thread>
#include <vector>

#include "sim/time.hpp"

namespace gilsim::host {

// Holds the calling thread to `core`. Throws HostError.
void hold_this_thread_to(int core);
// Lets it run on any of `cores`. Throws HostError.
void let_this_thread_use(const std::vector<int>& cores);

// Runs `work` in a thread held to `core` and waits for it; what it throws comes out here.
void run_on_core(int core, const std::function<void()>& work);

sim::Duration monotonic_now();   // CLOCK_MONOTONIC
sim::Duration thread_cpu_now();  // CLOCK_THREAD_CPUTIME_ID of the calling thread

// Keeps the core busy, as a thread that computes does.
void spin_for(sim::Duration time);

}  // namespace gilsim::host
