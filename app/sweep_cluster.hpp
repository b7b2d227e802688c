// A sweep over the processes of a cluster: combination i is computed by process i modulo their
// number, and process 0 hands the records on in the order of the points. So the output is that of
// one process, byte for byte. Left out: moving work from slow machines to fast ones.
#pragma once

#include <functional>

#include "app/cluster.hpp"
#include "app/io.hpp"
#include "app/sweep_record.hpp"

namespace gilsim::app {

// In process 0: as run_sweep(). Throws std::runtime_error where another process failed.
void lead_sweep(const SweepPlan& plan, std::size_t first, int jobs, Io& io, Cluster& cluster,
                const std::function<void(const Json&)>& record);

// In the others: plans as process 0 does, and computes its part from the point on that process 0
// names. What goes wrong is process 0's to say.
void help_sweep(const std::function<SweepPlan()>& planned, int jobs, Io& io, Cluster& cluster);

// Process 0 will not lead: the others give up.
void dismiss(Cluster& cluster);

}  // namespace gilsim::app
