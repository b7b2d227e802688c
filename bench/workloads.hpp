// gilsim's side of the plan; one file each.
#pragma once

#include "bench/measured.hpp"

namespace gilsim::bench {

Measured hold(const Task& task);
Measured event_set(const Task& task);
Measured queue(const Task& task);
Measured lock(const Task& task);
Measured lock_timer(const Task& task);
Measured machine(const Task& task);
Measured machine_lawless(const Task& task);
Measured machine_io(const Task& task);
Measured scale(const Task& task);
Measured scale_lock(const Task& task);

}  // namespace gilsim::bench
