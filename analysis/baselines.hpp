// Trivial predictors: what one writes on the back of an envelope instead of simulating. A simulator
// that doesn't beat them is not worth its cost, so every validated point is scored beside them.
// Times are plain numbers in one unit, the caller's. Costs of starting, switching and waking are
// left out on purpose: that is what makes them trivial.
#pragma once

#include <map>
#include <string>

namespace gilsim::analysis {

// A batch of tasks, summed up. cpu_total includes python_held_total.
struct BatchTotals {
  double python_held_total = 0;  // with the lock held: bytecode, and native code that keeps it
  double cpu_total = 0;          // all computing, lock held or not
  double wait_total = 0;         // all blocking
  double longest_task = 0;       // the largest sum of one task's steps
  int workers = 1;
  int cores = 1;
};

// kLoop: one thread that computes, whose tasks wait side by side.
enum class BatchStrategy { kSequential, kThreads, kProcesses, kLoop };

// Wall time of the batch:
//   sequential  cpu_total + wait_total: nothing ever overlaps
//   ideal       sequential / min(workers, cores): all of it scales, as if there were no lock
//               (strategy sequential: as `sequential`)
//   bound       the largest of the times that no schedule can beat:
//                 the longest task; (cpu_total + wait_total) / workers;
//                 cpu_total / min(workers, cores), for a loop cpu_total; threads also
//                 python_held_total
//               (strategy sequential: as `sequential`)
//   amdahl      G. Amdahl's law (1967) with the lock as the serial part: threads python_held_total
//   +
//               the rest of cpu_total / min(workers, cores) + wait_total / workers; processes have
//               no serial part (strategy sequential: as `sequential`)
//   python or cores   max(python_held_total, sequential / cores), without the lock for processes
//               (strategy sequential: as `sequential`)
// Throws std::invalid_argument: workers or cores below 1, a time that is negative or not finite.
std::map<std::string, double> batch_baselines(const BatchTotals& totals, BatchStrategy strategy);

// A thread that repeats a program of I/O beside threads that compute without end.
struct LoopingTotals {
  double own_steps = 0;        // sum of the steps of one round
  double switch_interval = 0;  // in the same unit
  int cpu_threads = 0;         // beside it, K
};

// Rounds per unit of time:
//   no lock      1 / own_steps: it never waits for the lock
//   interval     1 / (own_steps + switch_interval) with K >= 1: one full interval a round, because
//                the interval is the waiter's timeout (CPython's take_gil)
//   k intervals  1 / (own_steps + K * switch_interval): every CPU thread runs once in between
// With K = 0 all three agree. Throws std::invalid_argument: nothing to do in a round, a negative
// figure, one that is not finite.
std::map<std::string, double> looping_rate_baselines(const LoopingTotals& totals);

}  // namespace gilsim::analysis
