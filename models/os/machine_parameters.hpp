// What the simulated machine and its kernel cost. Every figure is measured by a named micro-probe
// of `gilsim calibrate` or stated in a profile; none is fitted to a run that is to be predicted.
#pragma once

#include "models/estimate.hpp"
#include "models/os/wake_latency.hpp"

namespace gilsim::model {

struct MachineParameters {
  int cores = 1;
  sim::Duration tick = sim::Duration::milliseconds(4);
  sim::Duration slice = sim::Duration::microseconds(1400);
  sim::Duration timer_slack = sim::Duration::microseconds(50);
  WakeCurve timer_wake = always(sim::Duration::microseconds(30));
  WakeCurve futex_wake = always(sim::Duration::microseconds(25));
  Cost waker_cost = Cost::exactly(sim::Duration::microseconds(8));
  Cost context_switch = Cost::exactly(sim::Duration::microseconds(2));
  Cost system_call = Cost::exactly(sim::Duration::nanoseconds(240));
  Cost thread_create = Cost::exactly(sim::Duration::microseconds(15));
  Estimate parallel_speed = Estimate::exactly(1.0);
};

template <class Visitor>
void describe(Visitor& visit, MachineParameters& p) {
  visit.field("cores", p.cores,
              {.meaning = "processor cores", .min = 1, .max = 1024, .required = true});
  visit.field("tick", p.tick, {.meaning = "scheduler tick, 1/HZ", .min = 1e3, .max = 1e9});
  visit.field("slice", p.slice,
              {.meaning = "base time slice of the scheduler (EEVDF)", .min = 1e3, .max = 1e9});
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
  visit.field("system_call", p.system_call,
              {.meaning = "CPU time of a futex call that finds nothing to do", .min = 0});
  visit.field("thread_create", p.thread_create,
              {.meaning = "CPU time to create an operating-system thread (clone)", .min = 0});
  visit.field("parallel_speed", p.parallel_speed,
              {.meaning = "speed of each core when all are busy, relative to one busy alone",
               .min = 0.01,
               .max = 2});
}

}  // namespace gilsim::model
