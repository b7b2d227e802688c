// What differs from one run to the next on a host though the work is the same: the speed that this
// process gets, how quickly cores wake up, what system calls cost. Each is a factor with median 1
// that holds for a whole run, so that it does not average out over a run's events as the spread of
// single costs does. Measured by `gilsim calibrate` with short probes repeated in fresh processes
// over its whole time (host/run_to_run.hpp). Left out: disturbances that begin or end within a run;
// that the factors may be related.
#pragma once

#include <cstdint>

#include "models/estimate.hpp"

namespace gilsim::model {

struct Configuration;

struct RunToRun {
  Estimate speed = Estimate::exactly(1);
  Estimate wake_ups = Estimate::exactly(1);
  Estimate calls = Estimate::exactly(1);
};

template <class Visitor>
void describe(Visitor& visit, RunToRun& p) {
  visit.field("speed", p.speed,
              {.meaning = "of computing, beyond what `rates` spread", .min = 0.1, .max = 10});
  visit.field("wake_ups", p.wake_ups,
              {.meaning = "how long cores and far sides take to wake up", .min = 0.1, .max = 10});
  visit.field("calls", p.calls,
              {.meaning = "CPU time of system calls that wait", .min = 0.1, .max = 10});
}

// The configuration as one run finds it: the factors drawn and applied, `run_to_run` taken out.
// Draws depend on the seed, the replication and Configuration::run_name.
Configuration as_in_one_run(const Configuration& configuration, std::uint64_t seed,
                            std::uint64_t replication);

}  // namespace gilsim::model
