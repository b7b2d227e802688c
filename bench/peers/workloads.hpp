// A peer's side of the plan; one file each.
#pragma once

#include "bench/measured.hpp"

namespace gilsim::bench {

Measured hold(const Task& task);
Measured queue(const Task& task);
Measured lock(const Task& task);
Measured lock_timer(const Task& task);

}  // namespace gilsim::bench
