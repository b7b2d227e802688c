// What one interpreter costs on one host: speed of bytecode in each layout, native kernels, thread
// and task handling, the overhead of each kind of wait, process pools by start method.
#pragma once

#include <optional>
#include <string>

#include "models/estimate.hpp"
#include "models/io/asyncio_parameters.hpp"
#include "models/process/interpreter_pool_parameters.hpp"
#include "models/process/message_costs.hpp"
#include "models/process/process_parameters.hpp"

namespace gilsim::model {

// Countdown loops per second. The same bytecode runs at a different speed on a worker thread or in
// a child process (memory and code layout), by up to 20 %.
struct LayoutRates {
  Estimate main;    // main thread, nothing else running
  Estimate worker;  // a worker thread, main thread blocked
  Estimate child;   // main thread of a child process, parent blocked
};

template <class Visitor>
void describe(Visitor& visit, LayoutRates& p) {
  visit.field("main", p.main, {.meaning = "on the main thread", .min = 1, .required = true});
  visit.field("worker", p.worker, {.meaning = "on a worker thread", .min = 1, .required = true});
  visit.field("child", p.child, {.meaning = "in a child process", .min = 1, .required = true});
}

// What a wait costs whose far side answers at once, a process that competes for the cores: CPU
// times without wake-ups of other cores and without context switches, which the machine adds.
struct AnsweredCost {
  Cost bytecode;  // around both calls, with the lock
  Cost ask;       // system calls that do not block
  Cost receive;   // the call that blocks until the answer is there
  Cost serve;     // of the far side
};

template <class Visitor>
void describe(Visitor& visit, AnsweredCost& p) {
  visit.field("bytecode", p.bytecode,
              {.meaning = "CPU time around both calls, with the lock", .min = 0, .required = true});
  visit.field("ask", p.ask, {.meaning = "CPU time to ask", .min = 0, .required = true});
  visit.field("receive", p.receive,
              {.meaning = "CPU time of the call that blocks", .min = 0, .required = true});
  visit.field("serve", p.serve,
              {.meaning = "CPU time of the far side", .min = 0, .required = true});
}

// A wait takes: a call that asks for something and does not block (connect, send, write; none for a
// sleep), the CPU time of the call that blocks, both without the lock, then the nominal time +
// latency + the machine's wake-up. `latency` is what the far side adds (its timers, its turn);
// `at_once` is that where the nominal time is 0 and the far side answers without a timer.
struct WaitCost {
  Cost call;
  Cost cpu;
  Cost latency;
  std::optional<Cost> at_once;           // absent: as latency
  std::optional<AnsweredCost> answered;  // where the nominal time is 0; absent: it takes no core
};

template <class Visitor>
void describe(Visitor& visit, WaitCost& p) {
  visit.field("call", p.call,
              {.meaning = "CPU time to ask, in system calls that do not block",
               .min = 0,
               .required = true});
  visit.field("cpu", p.cpu,
              {.meaning = "CPU time of the call that blocks", .min = 0, .required = true});
  visit.field("latency", p.latency,
              {.meaning = "wall time beyond the nominal one, without CPU time and wake-up",
               .min = 0,
               .required = true});
  visit.field("at_once", p.at_once,
              {.meaning = "the same where the nominal time is 0; absent: as latency", .min = 0});
  visit.field(
      "answered", p.answered,
      {.meaning = "where the nominal time is 0: without wake-ups of other cores and context "
                  "switches; the far side then competes for the cores. Absent: it takes "
                  "no core"});
}

struct WaitCosts {
  WaitCost sleep, socket, pipe, file, udp;
};

template <class Visitor>
void describe(Visitor& visit, WaitCosts& p) {
  visit.field("sleep", p.sleep, {.meaning = "time.sleep", .required = true});
  visit.field("socket", p.socket, {.meaning = "TCP request on a new connection", .required = true});
  visit.field("pipe", p.pipe,
              {.meaning = "request and answer over a pair of pipes", .required = true});
  visit.field("file", p.file, {.meaning = "read from a FIFO in the file system", .required = true});
  visit.field("udp", p.udp, {.meaning = "UDP echo", .required = true});
}

// Stores into one dict.
struct SharedObjectCosts {
  Estimate rate;       // a second, by one thread
  Estimate contended;  // time of all threads' stores, relative to that, while several store
  Estimate favoured = Estimate::exactly(0.5);  // share of them that the luckier of two threads gets
};

template <class Visitor>
void describe(Visitor& visit, SharedObjectCosts& p) {
  visit.field(
      "rate", p.rate,
      {.meaning = "stores into a dict per second, by one thread", .min = 1, .required = true});
  visit.field("contended", p.contended,
              {.meaning = "time of all threads' stores, relative to that, while several store",
               .min = 0.01,
               .required = true});
  visit.field("favoured", p.favoured,
              {.meaning = "share of the stores that the luckier of two threads gets meanwhile; "
                          "default: half",
               .min = 0.5,
               .max = 0.95});
}

struct PoolCosts {  // a start method that the interpreter lacks is absent
  std::optional<PoolParameters> fork, forkserver, spawn;
};

template <class Visitor>
void describe(Visitor& visit, PoolCosts& p) {
  visit.field("fork", p.fork, {.meaning = "multiprocessing start method fork"});
  visit.field("forkserver", p.forkserver, {.meaning = "multiprocessing start method forkserver"});
  visit.field("spawn", p.spawn, {.meaning = "multiprocessing start method spawn"});
}

struct InterpreterParameters {
  std::string version;  // "3.11.2"
  std::string implementation = "cpython";
  bool free_threaded = false;
  LayoutRates rates;                        // countdown loops per second
  std::optional<Estimate> native_released;  // PBKDF2 iterations per second (lock released)
  Estimate native_held;                     // elements of sum(repeat(1, n)) per second
  Cost thread_start;                        // Thread.start() of an idle process, until it returns
  Cost submit;                              // CPU time to hand one task to a thread pool
  Cost task;                                // CPU time of a pool thread for each task
  Estimate signal_stolen = {0.78, 0.58, 0.95, 0};  // lock signals that a waiter still awake takes
  WaitCosts waits;
  PoolCosts pools;
  std::optional<AsyncioCosts> asyncio;  // absent: it has none, or that was not measured
  std::optional<InterpreterPoolCosts> interpreters;  // likewise
  std::optional<MessageCosts> messages;     // absent: pools are modelled without handler threads
  std::optional<SharedObjectCosts> shared;  // absent: not measured
};

template <class Visitor>
void describe(Visitor& visit, InterpreterParameters& p) {
  visit.field("version", p.version, {.meaning = "full version, as 3.11.2", .required = true});
  visit.field("implementation", p.implementation, {.meaning = "sys.implementation.name"});
  visit.field("free_threaded", p.free_threaded, {.meaning = "built without the lock"});
  visit.field("rates", p.rates,
              {.meaning = "countdown loops per second, by layout", .required = true});
  visit.field(
      "native_released", p.native_released,
      {.meaning = "PBKDF2-SHA256 iterations per second (lock released); absent: built without it",
       .min = 1});
  visit.field("native_held", p.native_held,
              {.meaning = "elements per second of sum(repeat(1, n)) (lock held)",
               .min = 1,
               .required = true});
  visit.field("thread_start", p.thread_start,
              {.meaning = "Thread.start() until it returns, nothing else running",
               .min = 0,
               .required = true});
  visit.field(
      "submit", p.submit,
      {.meaning = "CPU time to hand one task to a thread pool", .min = 0, .required = true});
  visit.field("task", p.task,
              {.meaning = "CPU time of a pool thread for each task", .min = 0, .required = true});
  visit.field("signal_stolen", p.signal_stolen,
              {.meaning = "share of the lock's signals that a waiter still awake on another core "
                          "takes from the sleeper whose turn it is",
               .min = 0,
               .max = 1});
  visit.field("waits", p.waits,
              {.meaning = "cost of each kind of blocking wait", .required = true});
  visit.field("pools", p.pools,
              {.meaning = "cost of process pools, by start method", .required = true});
  visit.field("asyncio", p.asyncio,
              {.meaning = "cost of an asyncio event loop; absent: none, or not measured"});
  visit.field("interpreters", p.interpreters,
              {.meaning = "cost of a pool of sub-interpreters with a lock each; absent: none, or "
                          "not measured"});
  visit.field("messages", p.messages,
              {.meaning = "what handing tasks to processes costs, thread by thread; absent: "
                          "the pool's handler threads are left out"});
  visit.field("shared", p.shared,
              {.meaning = "work on an object that threads share; absent: not measured"});
}

}  // namespace gilsim::model
