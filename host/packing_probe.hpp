// Whether the kernel packs virtual processors: leaves a thread that wakes on its busy core though
// another one is idle, and up to what utilisation of that core (MachineParameters::pack_below).
//
// Method: a thread waits on the core on which another one computes, which by then has been idle for
// a quarter of a second and so is utilised by 1 - 2^(-time / 32 ms), when it wakes the first; which
// of the two cores that runs on next is asked of itself. Bisected to a hundredth, most of five
// each. Mainline Linux brings it to the idle core: then the first step says so, and the figure is
// 0. Leaves out: what the utilisation of the other cores, or the thread's own, may have to do with
// it.
#pragma once

#include "host/native_probes.hpp"

namespace gilsim::host {

// Needs two cores; of one it is 0. Throws Interrupted.
double probe_packing(const NativeProbeOptions& options);

}  // namespace gilsim::host
