// What starting, feeding and ending a pool of processes costs, for one start method. Parent and
// worker costs are CPU time of that process; the parent's handler threads are not modelled apart.
#pragma once

#include <optional>

#include "models/estimate.hpp"

namespace gilsim::model {

enum class StartMethod { kFork, kForkserver, kSpawn };

template <>
struct EnumNames<StartMethod> {
  static constexpr std::pair<StartMethod, const char*> values[] = {
      {StartMethod::kFork, "fork"},
      {StartMethod::kForkserver, "forkserver"},
      {StartMethod::kSpawn, "spawn"},
  };
};

// What each GiB of the parent's heap adds.
struct HeapCosts {
  Cost start;  // to the start of a worker
  Cost exit;   // to its end
};

template <class Visitor>
void describe(Visitor& visit, HeapCosts& p) {
  visit.field("start", p.start,
              {.meaning = "to the start of a worker", .min = 0, .required = true});
  visit.field("exit", p.exit, {.meaning = "to its end", .min = 0, .required = true});
}

struct PoolParameters {
  Cost create;             // once, in the parent
  Cost create_per_worker;  // for each worker, in the parent
  Cost worker_ready;       // from the parent's start of a worker to its first request for a task
  Cost chunk;              // a worker's cost to fetch one chunk and send its result
  Cost item;               // a worker's cost for each task of a chunk
  Cost shutdown;           // once, in the parent: terminate and join
  std::optional<Cost> worker_exit;      // of a worker that ends by itself, until the parent knows
  std::optional<Cost> executor_create;  // as create, of a ProcessPoolExecutor
  std::optional<HeapCosts> heap;        // absent: the parent's heap must be small
};

template <class Visitor>
void describe(Visitor& visit, PoolParameters& p) {
  visit.field(
      "create", p.create,
      {.meaning = "parent, once: build queues and handler threads", .min = 0, .required = true});
  visit.field(
      "create_per_worker", p.create_per_worker,
      {.meaning = "parent, for each worker: start the process", .min = 0, .required = true});
  visit.field("worker_ready", p.worker_ready,
              {.meaning = "from its start until a worker asks for its first task",
               .min = 0,
               .required = true});
  visit.field("chunk", p.chunk,
              {.meaning = "worker: fetch one chunk, send its result", .min = 0, .required = true});
  visit.field("item", p.item,
              {.meaning = "worker: each task of a chunk", .min = 0, .required = true});
  visit.field(
      "shutdown", p.shutdown,
      {.meaning = "parent, once: terminate and join the workers", .min = 0, .required = true});
  visit.field("worker_exit", p.worker_exit,
              {.meaning = "from the end of a worker's work until the parent knows", .min = 0});
  visit.field("executor_create", p.executor_create,
              {.meaning = "as create, of a ProcessPoolExecutor", .min = 0});
  visit.field("heap", p.heap,
              {.meaning = "what each GiB of the parent's heap adds; absent: not known"});
}

}  // namespace gilsim::model
