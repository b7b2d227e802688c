// What the simulated machine and its kernel cost. Every figure is measured by a named micro-probe
// of `gilsim calibrate` or stated in a profile; none is fitted to a run that is to be predicted.
#pragma once

#include <optional>
#include <vector>

#include "models/estimate.hpp"
#include "models/os/background_parameters.hpp"
#include "models/os/quota_parameters.hpp"
#include "models/os/scheduler_parameters.hpp"
#include "models/os/wake_latency.hpp"
#include "models/run_to_run.hpp"

namespace gilsim::model {

// What so many threads of native code move together.
struct MemoryBandwidth {
  int threads = 1;
  double bandwidth = 0;  // GB/s
};

template <class Visitor>
void describe(Visitor& visit, MemoryBandwidth& p) {
  visit.field(
      "threads", p.threads,
      {.meaning = "threads that move memory at once", .min = 1, .max = 4096, .required = true});
  visit.field("bandwidth", p.bandwidth,
              {.meaning = "GB/s of all of them", .min = 0.001, .max = 1e6, .required = true});
}

struct MachineParameters {
  int cores = 1;
  int threads_per_core = 1;
  Estimate smt_speed = Estimate::exactly(0.62);
  double ram = 0;  // GiB; 0: not known
  SchedulerKind scheduler = SchedulerKind::kEevdf;
  CfsParameters cfs;
  sim::Duration tick = sim::Duration::milliseconds(4);
  sim::Duration slice = sim::Duration::microseconds(1400);
  sim::Duration migration_cost = sim::Duration::microseconds(500);
  bool newidle_random = true;
  double pack_below = 0;
  sim::Duration timer_slack = sim::Duration::microseconds(50);
  WakeCurve timer_wake = always(sim::Duration::microseconds(30));
  WakeCurve futex_wake = always(sim::Duration::microseconds(25));
  Cost waker_cost = Cost::exactly(sim::Duration::microseconds(8));
  Cost context_switch = Cost::exactly(sim::Duration::microseconds(2));
  Cost timed_wait = Cost::exactly(sim::Duration::microseconds(3));
  Cost system_call = Cost::exactly(sim::Duration::nanoseconds(240));
  Cost thread_create = Cost::exactly(sim::Duration::microseconds(15));
  Estimate parallel_speed = Estimate::exactly(1.0);
  std::vector<MemoryBandwidth> memory;  // by threads, ascending; empty: without limit
  std::optional<QuotaParameters> quota;
  std::optional<BackgroundParameters> background;
  Cost signal_window = Cost::exactly(sim::Duration::nanoseconds(700));
  std::optional<RunToRun> run_to_run;
};

template <class Visitor>
void describe(Visitor& visit, MachineParameters& p) {
  visit.field("cores", p.cores,
              {.meaning = "processors as the kernel counts them: cores, or their hardware threads",
               .min = 1,
               .max = 1024,
               .required = true});
  visit.field(
      "threads_per_core", p.threads_per_core,
      {.meaning = "how many of these are hardware threads of one core", .min = 1, .max = 8});
  visit.field("smt_speed", p.smt_speed,
              {.meaning = "speed of each hardware thread while another one of its core computes",
               .min = 0.01,
               .max = 1});
  visit.field("ram", p.ram,
              {.meaning = "GiB of memory; 0: not known, nothing is refused for the lack of it",
               .min = 0,
               .max = 1e6});
  visit.field("scheduler", p.scheduler, {.meaning = "of the kernel: EEVDF since 6.6, CFS before"});
  visit.field("cfs", p.cfs, {.meaning = "figures of CFS"});
  visit.field("tick", p.tick, {.meaning = "scheduler tick, 1/HZ", .min = 1e3, .max = 1e9});
  visit.field("slice", p.slice,
              {.meaning = "base time slice of the scheduler (EEVDF)", .min = 1e3, .max = 1e9});
  visit.field("migration_cost", p.migration_cost,
              {.meaning = "a thread that ran within it isn't moved by balancing "
                          "(/sys/kernel/debug/sched/migration_cost_ns)",
               .min = 0,
               .max = 1e9});
  visit.field(
      "pack_below", p.pack_below,
      {.meaning = "a kernel that packs virtual processors: a thread that wakes stays on its "
                  "old core, though that is busy and another one idle, while that core's "
                  "utilisation is below this (0: no packing, as mainline Linux)",
       .min = 0,
       .max = 1});
  visit.field(
      "newidle_random", p.newidle_random,
      {.meaning = "EEVDF: a core that becomes idle looks for waiting threads in proportion to "
                  "how often that has helped (Linux 6.12.65, 6.18.5, 7.0 and later)"});
  visit.field("timer_slack", p.timer_slack,
              {.meaning = "what the kernel adds to every timed wait (prctl PR_SET_TIMERSLACK)",
               .min = 0,
               .max = 1e9});
  visit.field("timer_wake", p.timer_wake,
              {.meaning = "from a timer's expiry to user code, by how long the core was idle"});
  visit.field("futex_wake", p.futex_wake,
              {.meaning = "from a wake-up to user code on another core, by how long it was idle"});
  visit.field("waker_cost", p.waker_cost,
              {.meaning = "CPU time a thread pays to wake another one on an idle core", .min = 0});
  visit.field("context_switch", p.context_switch,
              {.meaning = "from one thread to another on the same core", .min = 0});
  visit.field(
      "timed_wait", p.timed_wait,
      {.meaning = "CPU time of a wait that times out, from the call to user code", .min = 0});
  visit.field("system_call", p.system_call,
              {.meaning = "CPU time of a futex call that finds nothing to do", .min = 0});
  visit.field("thread_create", p.thread_create,
              {.meaning = "CPU time to create an operating-system thread (clone)", .min = 0});
  visit.field("parallel_speed", p.parallel_speed,
              {.meaning = "speed of each core when all are busy, relative to one busy alone",
               .min = 0.01,
               .max = 2});
  visit.field("memory", p.memory,
              {.meaning = "bandwidth of native steps that state `memory`; without it none may"});
  visit.field("quota", p.quota, {.meaning = "CPU quota of the run's container; default: none"});
  visit.field("background", p.background,
              {.meaning = "what other processes compute meanwhile; default: nothing"});
  visit.field("signal_window", p.signal_window,
              {.meaning = "from registering with a condition variable to being asleep", .min = 0});
  visit.field("run_to_run", p.run_to_run,
              {.meaning = "factors that hold for a whole run; default: runs differ only in what "
                          "the other figures spread"});
}

}  // namespace gilsim::model
