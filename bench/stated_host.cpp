#include "bench/stated_host.hpp"

namespace gilsim::bench {
namespace {

model::Cost about(sim::Duration median) {
  return {median, median.scaled(0.8), median.scaled(1.5), 100};
}

model::Cost microseconds(std::int64_t median) { return about(sim::Duration::microseconds(median)); }

model::Estimate about(double median) { return {median, 0.95 * median, 1.05 * median, 40}; }

}  // namespace

model::Configuration on_stated_host(int cores) {
  model::Configuration c;
  c.machine.cores = cores;
  c.machine.timer_wake = microseconds(30);
  c.machine.timer_wake_per_decade = microseconds(10);
  c.machine.futex_wake = microseconds(25);
  c.machine.futex_wake_per_decade = microseconds(20);
  c.machine.waker_cost = microseconds(8);
  c.machine.context_switch = microseconds(2);
  c.machine.thread_create = microseconds(15);
  c.interpreter.version = "3.11.2";
  c.interpreter.rates = {about(5e7), about(4.8e7), about(4.8e7)};
  c.interpreter.waits.sleep.cpu = microseconds(1);
  c.interpreter.waits.sleep.latency = microseconds(1);
  c.switch_interval = sim::Duration::milliseconds(5);
  return c;
}

}  // namespace gilsim::bench
