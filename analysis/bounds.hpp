// Times that no schedule of a batch can beat: each resource alone, as if everything else were free
// (work and span; R. Graham, "Bounds on multiprocessing timing anomalies", 1969). The largest is
// what limits the batch; what a run takes beyond it is the price of sharing. Plain numbers in one
// unit of time, the caller's.
//
// Left out: that resources are needed one after another, which is what a simulation is for.
#pragma once

#include <vector>

namespace gilsim::analysis {

enum class Resource {
  kLock,      // one thread at a time has it
  kCores,     // computing, on as many as there are
  kQuota,     // computing, under a container's CPU quota
  kMemory,    // bytes to be moved, at the most that memory gives
  kWorkers,   // each does one thing at a time
  kTask,      // the longest one
  kPath,      // tasks that wait for each other, one after the other
  kTurns,     // equal pieces, handed out whole
  kDispatch,  // every task is handed out, and its result taken, by one thread, or under one lock
  kPickling,  // payloads cross between processes one after another
  kHandling,  // the main thread handles results one after another
  kParent,    // all of these, under the lock of the parent of a pool of processes
  kStart,     // workers are started one after another, and ended
  kLoop,      // the thread of an event loop does one thing at a time
  kDevice,    // what waits are for serves so many at a time
};

struct BatchDemands {
  double locked = 0;        // with a lock that all workers share; 0: they share none
  double computing = 0;     // CPU time, `locked` included
  double outside = 0;       // of `computing`, what is not the workers' work on tasks
  double device = 0;        // what the busiest device is busy for, all of its servers at once
  double looped = 0;        // on the thread of an event loop
  double blocking = 0;      // waits
  double longest_task = 0;  // sum of its steps
  double span = 0;          // of a graph of tasks, its critical path; 0: no task waits for others
  double memory = 0;        // what moving the bytes takes at full bandwidth; 0: no limit
  double dispatch = 0;      // of all tasks together
  double pickling = 0;      // of all payloads, on the one thread that has most of it
  double handling = 0;      // of all results, with what is waited for
  double parent = 0;        // with the lock of a pool's parent; 0: workers share it, or no pool
  double messages = 0;      // of `computing`, what handing out costs both sides
  double payloads = 0;      // of `computing`, what payloads cost both sides
  double start = 0;         // of all workers together, and their end
  double cores = 1;         // as many full cores as the machine is worth
  double quota = 0;         // CPU time a unit of time; 0: none
  double at_once = 0;       // of the quota, what may be used before the first unit is over
  int workers = 1;
  int pieces = 0;  // equal pieces of work; 0: they are not equal
};

struct Bound {
  Resource resource;
  double time = 0;
};

// Largest first; those of 0 are left out. Throws std::invalid_argument: workers below 1, no cores,
// a demand that is negative or not finite.
std::vector<Bound> bounds_of(const BatchDemands& demands);

}  // namespace gilsim::analysis
