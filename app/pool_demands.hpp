// What a pool of processes demands beside its tasks: of the parent, whose threads share one lock,
// and of the workers. Medians, and the least that can be: what the parent's threads do again and
// again while they look whether there is something to do is left out.
#pragma once

#include "models/configuration.hpp"

namespace gilsim::app {

// Nanoseconds.
struct PoolDemands {
  double handing_out = 0;    // the parent: of all messages, with its lock
  double pickling = 0;       // the parent: payloads, on the thread that has most of it
  double pickling_held = 0;  // of it, and of the other threads', with the lock
  double carrying = 0;       // the parent: payloads, all CPU time
  double in_workers = 0;     // all of them together, but for the payloads
  double payloads_in_workers = 0;
  double getting_ready = 0;  // of all workers, before their first task
  double start = 0;          // all workers, one after another
};

// Of a batch under a process strategy whose start method the profile knows.
PoolDemands pool_demands_of(const model::Configuration& configuration);
// The same of a pool of threads, multiprocessing.dummy.Pool; all of it is with the lock.
PoolDemands dummy_pool_demands_of(const model::Configuration& configuration);

}  // namespace gilsim::app
