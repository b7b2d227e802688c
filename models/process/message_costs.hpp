// What handing a task to another process costs, operation by operation: CPU time of each thread
// that has a part in it, measured while every other thread of the pool is at rest, so without
// wake-ups, context switches and waits for the lock, which the simulated machine adds.
// Sources: Lib/multiprocessing/{pool,queues,connection}.py, Lib/concurrent/futures/process.py.
#pragma once

#include <optional>
#include <vector>

#include "models/estimate.hpp"

namespace gilsim::model {

// What grows with the number of tasks that travel together.
struct ChunkCost {
  Cost chunk;  // of any number of tasks
  Cost item;   // on top, for each of them
};

template <class Visitor>
void describe(Visitor& visit, ChunkCost& p) {
  visit.field("chunk", p.chunk, {.meaning = "for each chunk", .min = 0, .required = true});
  visit.field("item", p.item, {.meaning = "for each task of it", .min = 0, .required = true});
}

// Pickled size, without the payload that a scenario states.
struct MessageSize {
  int chunk = 0;
  int item = 0;
};

template <class Visitor>
void describe(Visitor& visit, MessageSize& p) {
  visit.field("chunk", p.chunk,
              {.meaning = "bytes of a message", .min = 1, .max = 1e6, .required = true});
  visit.field("item", p.item,
              {.meaning = "bytes of each task in it", .min = 0, .max = 1e6, .required = true});
}

// multiprocessing.Pool, or multiprocessing.dummy.Pool.
struct PoolCalls {
  Cost submit;        // main thread: apply_async()
  ChunkCost feed;     // task handler: takes a chunk, pickles it, but for the system call
  ChunkCost work;     // worker: unpickles, calls, pickles the results, but for the system calls
  ChunkCost collect;  // result handler: unpickles, files the results, but for the system calls
  Cost result;        // main thread: takes one result of imap
  // Worker handler: looks after the workers whenever there are results, and waits again; for each
  // worker. Absent: it only looks ten times a second (before 3.8).
  std::optional<ChunkCost> maintain;
};

template <class Visitor>
void describe(Visitor& visit, PoolCalls& p) {
  visit.field("submit", p.submit,
              {.meaning = "main thread: apply_async()", .min = 0, .required = true});
  visit.field("feed", p.feed, {.meaning = "task handler: sends a chunk", .required = true});
  visit.field("work", p.work,
              {.meaning = "worker: receives a chunk, sends its results", .required = true});
  visit.field("collect", p.collect,
              {.meaning = "result handler: receives and files results", .required = true});
  visit.field("result", p.result,
              {.meaning = "main thread: takes a result of imap", .min = 0, .required = true});
  visit.field("maintain", p.maintain,
              {.meaning = "worker handler: looks after the workers, `item` for each; absent: only "
                          "ten times a second (before 3.8)"});
}

// concurrent.futures.ProcessPoolExecutor.
struct ExecutorCalls {
  ChunkCost submit;      // main thread: makes a future and a work item, but for the wake-up
  Cost enqueue;          // manager thread: puts a work item into the call queue
  ChunkCost feed;        // queue feeder thread: pickles, but for the system call
  Cost rest;             // queue feeder thread: finds nothing to do and waits for more
  ChunkCost work;        // worker, but for the system calls
  Cost wait;             // manager thread: looks at its pipes and at two workers
  Cost wait_per_worker;  // on top, for each further worker
  Cost wakeup;           // manager thread: takes one wake-up from its pipe
  ChunkCost collect;     // manager thread: unpickles results, sets the future
  Cost result;           // main thread: takes a result that is there
};

template <class Visitor>
void describe(Visitor& visit, ExecutorCalls& p) {
  visit.field("submit", p.submit, {.meaning = "main thread: submits a chunk", .required = true});
  visit.field("enqueue", p.enqueue,
              {.meaning = "manager: puts a chunk into the call queue", .min = 0, .required = true});
  visit.field("feed", p.feed, {.meaning = "queue feeder: sends a chunk", .required = true});
  visit.field("rest", p.rest,
              {.meaning = "queue feeder: waits for more", .min = 0, .required = true});
  visit.field("work", p.work,
              {.meaning = "worker: receives a chunk, sends its results", .required = true});
  visit.field("wait", p.wait,
              {.meaning = "manager: polls its pipes and one worker", .min = 0, .required = true});
  visit.field("wait_per_worker", p.wait_per_worker,
              {.meaning = "manager: the same, each further worker", .min = 0, .required = true});
  visit.field("wakeup", p.wakeup,
              {.meaning = "manager: clears one wake-up", .min = 0, .required = true});
  visit.field("collect", p.collect,
              {.meaning = "manager: receives results, sets the future", .required = true});
  visit.field("result", p.result,
              {.meaning = "main thread: takes a result", .min = 0, .required = true});
}

// Large payloads, by size: each figure for the whole payload.
struct PayloadCost {
  double size = 0;  // MiB
  Cost pickle;
  Cost unpickle;
  Cost write;  // into the pipe, without the lock
  Cost read;   // out of it, without the lock
  Cost keep;   // what the reader does with each piece, with the lock
};

template <class Visitor>
void describe(Visitor& visit, PayloadCost& p) {
  visit.field("size", p.size, {.meaning = "MiB", .min = 1e-6, .max = 1e6, .required = true});
  visit.field("pickle", p.pickle, {.meaning = "bytes to a pickle", .min = 0, .required = true});
  visit.field("unpickle", p.unpickle, {.meaning = "and back", .min = 0, .required = true});
  visit.field("write", p.write,
              {.meaning = "into a pipe, without the lock", .min = 0, .required = true});
  visit.field("read", p.read,
              {.meaning = "out of it, without the lock", .min = 0, .required = true});
  visit.field(
      "keep", p.keep,
      {.meaning = "putting the pieces together, with the lock", .min = 0, .required = true});
}

// A block of shared memory, by size as above.
struct SharedMemoryCost {
  double size = 0;  // MiB
  Cost create;      // shm_open, ftruncate, mmap: an empty block
  Cost copy_in;     // first touch of every page, and the copy
  Cost attach;      // in a worker
  Cost touch;       // in a worker: first touch of every page, reading
  Cost unlink;      // close and unlink: pages are given back
};

template <class Visitor>
void describe(Visitor& visit, SharedMemoryCost& p) {
  visit.field("size", p.size, {.meaning = "MiB", .min = 1e-6, .max = 1e6, .required = true});
  visit.field("create", p.create, {.meaning = "an empty block", .min = 0, .required = true});
  visit.field("copy_in", p.copy_in,
              {.meaning = "copying into it for the first time", .min = 0, .required = true});
  visit.field("attach", p.attach, {.meaning = "in a worker", .min = 0, .required = true});
  visit.field("touch", p.touch,
              {.meaning = "reading it in a worker for the first time", .min = 0, .required = true});
  visit.field("unlink", p.unlink, {.meaning = "giving it back", .min = 0, .required = true});
}

struct MessageCosts {
  MessageSize task;
  MessageSize result;
  Cost write;  // system call: a short message into a pipe
  Cost read;   // system call: one out of it
  PoolCalls pool;
  std::optional<PoolCalls> dummy;               // of threads; absent: not measured
  std::optional<ExecutorCalls> executor;        // absent: the version builds it in another way
  std::vector<PayloadCost> payloads;            // by size, ascending
  std::vector<SharedMemoryCost> shared_memory;  // by size, ascending
};

template <class Visitor>
void describe(Visitor& visit, MessageCosts& p) {
  visit.field("task", p.task, {.meaning = "pickled size of a chunk of tasks", .required = true});
  visit.field("result", p.result, {.meaning = "pickled size of its results", .required = true});
  visit.field("write", p.write,
              {.meaning = "system call: a short message into a pipe", .min = 0, .required = true});
  visit.field("read", p.read,
              {.meaning = "system call: a short message out of it", .min = 0, .required = true});
  visit.field("pool", p.pool, {.meaning = "multiprocessing.Pool", .required = true});
  visit.field("dummy", p.dummy, {.meaning = "multiprocessing.dummy.Pool, of threads"});
  visit.field("executor", p.executor,
              {.meaning = "ProcessPoolExecutor, as 3.9 and later build it"});
  visit.field("payloads", p.payloads, {.meaning = "large payloads, by size"});
  visit.field("shared_memory", p.shared_memory, {.meaning = "shared memory, by size"});
}

}  // namespace gilsim::model
