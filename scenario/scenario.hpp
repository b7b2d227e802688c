// A scenario file: what the tasks do, on which interpreter and machine, under which strategies.
// The struct is what the file says; expand() turns it into configurations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/configuration.hpp"
#include "models/host_profile.hpp"
#include "scenario/diagnostic.hpp"

namespace gilsim::scenario {

struct MachineChoice {
  model::OneOrMany<int> cores;                            // empty: the profile's
  std::optional<int> threads_per_core;                    // absent: the profile's
  std::optional<model::Estimate> smt_speed;               // absent: the profile's
  std::optional<model::SchedulerKind> scheduler;          // absent: the profile's
  std::optional<model::CfsParameters> cfs;                // absent: the profile's
  std::vector<model::MemoryBandwidth> memory;             // empty: the profile's
  std::optional<model::QuotaParameters> quota;            // absent: the profile's
  std::optional<model::BackgroundParameters> background;  // absent: the profile's
};
template <class Visitor>
void describe(Visitor& visit, MachineChoice& p) {
  visit.field("cores", p.cores,
              {.meaning = "cores the run may use; a list is varied", .min = 1, .max = 1024});
  visit.field(
      "threads_per_core", p.threads_per_core,
      {.meaning = "hardware threads of each core; default: the profile's", .min = 1, .max = 8});
  visit.field("smt_speed", p.smt_speed,
              {.meaning = "speed of each hardware thread while another one of its core computes; "
                          "default: the profile's",
               .min = 0.01,
               .max = 1});
  visit.field("scheduler", p.scheduler,
              {.meaning = "of the kernel: EEVDF since 6.6, CFS before; default: the profile's"});
  visit.field("cfs", p.cfs, {.meaning = "figures of CFS; default: the profile's"});
  visit.field("memory", p.memory,
              {.meaning = "bandwidth of native steps that state `memory`; default: the profile's"});
  visit.field("quota", p.quota,
              {.meaning = "CPU quota of the run's container; default: the profile's"});
  visit.field("background", p.background,
              {.meaning = "what other processes compute meanwhile; default: the profile's"});
}

struct CollectionChoice {
  sim::Duration every;
  sim::Duration pause;
};
template <class Visitor>
void describe(Visitor& visit, CollectionChoice& p) {
  visit.field("every", p.every,
              {.meaning = "bytecode of all threads from one collection to the next",
               .min = 1e3,
               .max = 1e13,
               .required = true});
  visit.field("pause", p.pause,
              {.meaning = "how long a collection takes", .min = 0, .max = 1e11, .required = true});
}

struct InterpreterChoice {
  model::OneOrMany<std::string> version;            // prefix, as "3.11"; empty: the profile's first
  model::OneOrMany<sim::Duration> switch_interval;  // empty: 5 ms
  model::OneOrMany<model::LockKind> lock;           // empty: the version's own
  bool isolated = true;
  std::optional<double> free_threading_tax;  // absent: model::Configuration's
  std::optional<CollectionChoice> collections;
};
template <class Visitor>
void describe(Visitor& visit, InterpreterChoice& p) {
  visit.field("version", p.version,
              {.meaning = "version or its beginning, quoted: \"3.11\", free-threaded \"3.13t\"; a "
                          "list is varied"});
  visit.field("switch_interval", p.switch_interval,
              {.meaning = "sys.setswitchinterval(); a list is varied", .min = 1e3, .max = 1e11});
  visit.field(
      "lock", p.lock,
      {.meaning = "model of the interpreter lock, see `gilsim list locks`; default: that of "
                  "the version; a list is varied"});
  visit.field("isolated", p.isolated,
              {.meaning = "interpreters of one process have a lock each (3.12 and later)"});
  visit.field(
      "free_threading_tax", p.free_threading_tax,
      {.meaning = "time of bytecode without the lock over that with it, where a version with "
                  "the lock is run as `lock: free_threaded`; default 1.08",
       .min = 0.5,
       .max = 10});
  visit.field("collections", p.collections,
              {.meaning = "cyclic garbage collections, in each interpreter; default: none"});
}

struct ThreadEntry {
  std::vector<model::Step> program;
  std::optional<std::string> interpreter;  // absent: the main one
  std::optional<int> coroutines;           // absent: no event loop
};
template <class Visitor>
void describe(Visitor& visit, ThreadEntry& p) {
  visit.field("program", p.program, {.meaning = "steps that the thread repeats", .required = true});
  visit.field("interpreter", p.interpreter,
              {.meaning = "name of the sub-interpreter it runs in; default: the main interpreter"});
  visit.field("coroutines", p.coroutines,
              {.meaning = "runs an asyncio event loop, on which so many coroutines repeat the "
                          "program; default: none",
               .min = 1,
               .max = 1e5});
}

inline constexpr double kMostBytes = 1e15;

struct BatchEntry {
  int tasks = 1;
  std::vector<model::Step> task;
  std::optional<int> chunk_size;
  std::optional<sim::Duration> task_time;
  std::optional<double> waiting;
  std::vector<model::Step> handle;
  std::optional<model::ByteCount> argument;
  std::optional<model::ByteCount> result;
  std::optional<model::PayloadVia> via;
  std::optional<model::ByteCount> heap;
};
template <class Visitor>
void describe(Visitor& visit, BatchEntry& p) {
  visit.field("tasks", p.tasks,
              {.meaning = "number of tasks", .min = 1, .max = 1e7, .required = true});
  visit.field("task", p.task, {.meaning = "steps of each task", .required = true});
  visit.field("chunk_size", p.chunk_size,
              {.meaning = "tasks sent to a process at once; default: the pool's own",
               .min = 1,
               .max = 1e7});
  visit.field("task_time", p.task_time,
              {.meaning = "scales the steps until a task takes that long on average, alone",
               .min = 1e3,
               .max = 1e13});
  visit.field("waiting", p.waiting,
              {.meaning = "scales the steps until a task waits for that share of its time",
               .min = 0,
               .max = 1});
  visit.field("handle", p.handle,
              {.meaning = "steps of the main thread for each result, once it has it"});
  visit.field("argument", p.argument,
              {.meaning = "bytes that each task takes, to be sent to its process",
               .min = 1,
               .max = kMostBytes});
  visit.field("result", p.result,
              {.meaning = "bytes that each task returns", .min = 1, .max = kMostBytes});
  visit.field("via", p.via, {.meaning = "how they cross: pickle through a pipe, shared_memory"});
  visit.field("heap", p.heap,
              {.meaning = "what the program has in memory before it starts processes",
               .min = 1,
               .max = kMostBytes});
}

struct PoolChoice {
  model::PoolPattern pattern = model::PoolPattern::kMap;
  std::optional<int> chunk_size;
  std::optional<int> max_tasks_per_child;
};
template <class Visitor>
void describe(Visitor& visit, PoolChoice& p) {
  visit.field("pattern", p.pattern,
              {.meaning = "how tasks are handed to a pool of processes; submit: all, then wait; "
                          "one_by_one: wait for each before the next"});
  visit.field("chunk_size", p.chunk_size,
              {.meaning = "tasks sent to a process at once; default: the pool's own",
               .min = 1,
               .max = 1e7});
  visit.field("max_tasks_per_child", p.max_tasks_per_child,
              {.meaning = "chunks after which a process is replaced; default: never",
               .min = 1,
               .max = 1e7});
}

// Equal tasks that wait for those of other stages.
struct StageEntry {
  int tasks = 1;
  std::vector<model::Step> task;
  model::OneOrMany<std::string> after;
  model::OneOrMany<std::string> each_after;
};
template <class Visitor>
void describe(Visitor& visit, StageEntry& p) {
  visit.field("tasks", p.tasks, {.meaning = "number of its tasks", .min = 1, .max = 1e6});
  visit.field("task", p.task, {.meaning = "steps of each task", .required = true});
  visit.field("after", p.after,
              {.meaning = "stages all of whose tasks must be done before any of its own begins"});
  visit.field("each_after", p.each_after,
              {.meaning = "stages with as many tasks, of which the task of the same number must be "
                          "done before"});
}

struct DeviceEntry {
  int servers = 1;
  model::Discipline discipline = model::Discipline::kQueue;
};
template <class Visitor>
void describe(Visitor& visit, DeviceEntry& p) {
  visit.field("servers", p.servers,
              {.meaning = "how many waits it serves at a time: connections of a pool, heads of a "
                          "disk, connections that a host allows",
               .min = 1,
               .max = 1e5,
               .required = true});
  visit.field(
      "discipline", p.discipline,
      {.meaning = "who finds all servers busy waits in the queue, or all that are under way "
                  "have the same share of them, as transfers on a link do"});
}

struct Range {
  std::optional<double> min, max;
};
template <class Visitor>
void describe(Visitor& visit, Range& p) {
  visit.field("min", p.min, {.meaning = "smallest median that passes"});
  visit.field("max", p.max, {.meaning = "largest median that passes"});
}

// Where the file says what only expand() can check against a profile.
struct Places {
  std::vector<Place> versions;    // one a version; empty: not from a file
  std::vector<Place> strategies;  // one a strategy
  Place start_method;             // or of the strategies, where it is not given
  Place shares;                   // of the first step that shares an object
  Place coroutines;               // of the first thread that has some
  Place memory;                   // of the first step that moves some
  Place all_strategies;
  Place pattern;
  Place max_tasks;
  Place payload;  // the argument, or else the result
  Place heap;
  Place workers;
  Place device;  // of the first wait that names one
};

struct Scenario {
  std::string question;
  std::string host = "default";
  MachineChoice machine;
  InterpreterChoice interpreter;
  std::optional<BatchEntry> workload;
  std::vector<model::StrategyKind> strategies;
  std::vector<int> workers;
  std::optional<int> threads_each;                 // absent: no hybrid
  std::optional<model::StartMethod> start_method;  // absent: the version's own
  PoolChoice pool;
  model::Named<StageEntry> stages;
  model::Named<DeviceEntry> devices;
  model::Named<ThreadEntry> threads;
  std::vector<std::vector<std::string>> together;  // which named threads run at once; default: all
  sim::Duration duration = sim::Duration::seconds(2);
  model::Named<model::Named<Range>> expect;  // label -> metric -> range; label as Point::label()
  Places places;                             // not part of what the file says
  bool is_batch() const { return workload.has_value() || !stages.empty(); }
};
template <class Visitor>
void describe(Visitor& visit, Scenario& p) {
  visit.field("question", p.question,
              {.meaning = "what the scenario answers, in one sentence", .required = true});
  visit.field("host", p.host, {.meaning = "a profile of configs/hosts, a file, or `this`"});
  visit.field("machine", p.machine, {.meaning = "overrides of the profile's machine"});
  visit.field("interpreter", p.interpreter, {.meaning = "which interpreter, with which settings"});
  visit.field("workload", p.workload, {.meaning = "a batch of equal tasks"});
  visit.field("stages", p.stages,
              {.meaning = "a graph of tasks by the names of its stages, instead of a workload"});
  visit.field("devices", p.devices, {.meaning = "devices by name, for waits that queue for them"});
  visit.field("strategies", p.strategies, {.meaning = "how the batch is run"});
  visit.field("workers", p.workers,
              {.meaning = "threads or processes of a pool", .min = 1, .max = 1e6});
  visit.field("threads_each", p.threads_each,
              {.meaning = "threads of each process of the strategy hybrid", .min = 1, .max = 1e5});
  visit.field("start_method", p.start_method,
              {.meaning = "how processes are started; default: as the interpreter's version does"});
  visit.field("pool", p.pool, {.meaning = "how pools of processes are used"});
  visit.field("threads", p.threads, {.meaning = "explicit threads by name, instead of a workload"});
  visit.field("together", p.together,
              {.meaning = "which of the named threads run at once; default: all"});
  visit.field("duration", p.duration,
              {.meaning = "how long explicit threads run", .min = 1e6, .max = 1e13});
  visit.field("expect", p.expect,
              {.meaning = "turns the scenario into a test: strategy@workers, metric, min and max"});
}

// One configuration of a scenario, with the labels that reports use.
struct Point {
  std::string strategy;     // "threads"; for explicit threads the names: "cpu+sleeper"
  int workers = 1;          // pool size; number of explicit threads
  std::string interpreter;  // written version of the profile's interpreter: "3.11.2"
  model::Configuration configuration;
  std::string label() const;  // "threads@4"; "sequential"; "cpu+sleeper"
};

}  // namespace gilsim::scenario
