// One repetition in a process of its own: every one starts from a fresh heap, the engines with
// global state can run again, and the peak of the resident set is that of this workload.
#pragma once

#include "bench/measured.hpp"

namespace gilsim::bench {

using Workload = Measured (*)(const Task& task);

// Throws std::runtime_error where the process fails; its message went to stderr.
Measured in_own_process(Workload workload, const Task& task);

}  // namespace gilsim::bench
