// One point to predict or to measure: a workload on one interpreter and machine under one strategy,
// with no alternative left open. The simulation and the real run start from the same one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/io/device.hpp"
#include "models/lock/lock_kind.hpp"
#include "models/os/machine_parameters.hpp"
#include "models/process/payload.hpp"
#include "models/process/pool_options.hpp"
#include "models/program/interpreter_parameters.hpp"
#include "models/program/stage.hpp"
#include "models/program/step.hpp"

namespace gilsim::model {

enum class StrategyKind {
  kSequential,
  kThreads,
  kThreadEach,
  kDummyPool,
  kProcesses,
  kProcessExecutor,
  kAsyncio,
  kInterpreters,
  kHybrid,
};
template <>
struct EnumNames<StrategyKind> {
  static constexpr std::pair<StrategyKind, const char*> values[] = {
      {StrategyKind::kSequential, "sequential"},
      {StrategyKind::kThreads, "threads"},
      {StrategyKind::kThreadEach, "thread_per_task"},
      {StrategyKind::kDummyPool, "dummy_pool"},
      {StrategyKind::kProcesses, "processes"},
      {StrategyKind::kProcessExecutor, "process_executor"},
      {StrategyKind::kAsyncio, "asyncio"},
      {StrategyKind::kInterpreters, "interpreters"},
      {StrategyKind::kHybrid, "hybrid"},
  };
};

// `tasks` equal tasks, handed out to workers.
struct Batch {
  int tasks = 1;
  std::vector<Step> task;
  std::vector<Step> handle{};  // what the main thread does with each result
  Payload payload{};
  ByteCount heap{};  // of the parent, touched
  // A graph of tasks: which of the steps each task has, and whom it waits for. Empty: all are
  // alike.
  std::vector<Stage> stages{};
};

// A thread that repeats its program until the run's duration is over. One round is one operation.
struct LoopingThread {
  std::string name;
  std::vector<Step> program;
  std::string interpreter{};  // of its process, by name; empty: the main one
  int count = 1;              // of equal threads: more than one are called "name 1", "name 2", ...
  int coroutines = 0;         // of an event loop that it runs, each repeating the program; 0: none
};
std::string name_of(const LoopingThread& threads, int index);

// Cyclic garbage collections of an interpreter.
struct CollectionTimes {
  sim::Duration every;  // so much bytecode of its threads; 0: never
  sim::Duration pause;
};

struct Configuration {
  MachineParameters machine;  // `cores` is what the run may use
  InterpreterParameters interpreter;
  sim::Duration switch_interval = sim::Duration::milliseconds(5);
  std::optional<LockKind> lock;      // absent: the interpreter's own
  bool isolated = true;              // interpreters of one process have a lock each
  double free_threading_tax = 1.08;  // on bytecode of a build that was measured with its lock
  CollectionTimes collections;
  double speed = 1.0;           // of the host now, relative to its profile
  double bytecode_speed = 1.0;  // of the interpreter now, beyond that of the host
  std::string run_name;  // configurations of one name have their draws of `run_to_run` in common

  // Either a batch under a strategy ...
  Batch batch;  // empty task: no batch
  StrategyKind strategy = StrategyKind::kSequential;
  int workers = 1;
  int threads_each = 1;  // of each process of a hybrid
  StartMethod start_method = StartMethod::kFork;
  PoolOptions pool;

  // ... or explicit threads for a duration.
  std::vector<LoopingThread> threads;
  sim::Duration duration;

  std::vector<Device> devices;

  bool is_batch() const { return threads.empty(); }
};

// Gives each name of a shared object a number, from 1, in order of first mention.
void number_shared_objects(Configuration& configuration);
// Gives each wait the number of its device, from 1.
void number_devices(Configuration& configuration);

constexpr bool is_process_strategy(StrategyKind kind) {
  return kind == StrategyKind::kProcesses || kind == StrategyKind::kProcessExecutor ||
         kind == StrategyKind::kHybrid;
}
constexpr bool is_thread_strategy(StrategyKind kind) {
  return kind == StrategyKind::kThreads || kind == StrategyKind::kThreadEach ||
         kind == StrategyKind::kDummyPool;
}
// Whether it makes a difference how many workers there are.
constexpr bool has_workers(StrategyKind kind) {
  return kind != StrategyKind::kSequential && kind != StrategyKind::kThreadEach;
}
// multiprocessing's own start method of that version on that kernel (multiprocessing/context.py).
StartMethod default_start_method(const std::string& version, const std::string& kernel);
// What starting processes costs by the configuration's method; nullptr: it has none.
const PoolParameters* start_costs_of(const Configuration& configuration);
// How many tasks travel together: as stated, or by the pool's own rule, which is
// ceil(tasks / (4 * workers)) for Pool.map (multiprocessing/pool.py, _map_async), for a hybrid an
// even share, and else 1.
int chunk_size_of(const Configuration& configuration);

// The same draws for a simulated and for a real run: one list of times a task, one time a step;
// the steps of `handle` come after those of the task.
// For a PythonStep in loops the time is loops / main rate. Times of a looping thread repeat after
// `rounds_of_samples` rounds (after one when all of them are constant; after whole turns of what
// was recorded). `index`: which one of the threads that an entry stands for.
std::vector<std::vector<sim::Duration>> sample_tasks(const Configuration& configuration,
                                                     std::uint64_t seed, std::uint64_t replication);
inline constexpr int rounds_of_samples = 256;
std::vector<std::vector<sim::Duration>> sample_rounds(const Configuration& configuration,
                                                      std::size_t thread, std::uint64_t seed,
                                                      std::uint64_t replication, int index = 0);
// Whether equal threads have equal times: nothing is drawn.
bool has_constant_times(const LoopingThread& threads);

}  // namespace gilsim::model
