// A configuration in which nothing costs anything but what a test says: every latency is 0.
#pragma once

#include "models/configuration.hpp"

namespace gilsim::model {

inline Configuration free_machine(int cores) {
  const Cost none = Cost::exactly({});
  Configuration c;
  c.machine.cores = cores;
  c.machine.timer_slack = {};
  c.machine.timer_wake = always({});
  c.machine.futex_wake = always({});
  c.machine.waker_cost = none;
  c.machine.context_switch = none;
  c.machine.timed_wait = none;
  c.machine.signal_window = none;
  c.machine.system_call = none;
  c.machine.thread_create = none;
  c.interpreter.signal_stolen = Estimate::exactly(0);
  c.interpreter.version = "3.11.2";
  c.interpreter.rates = {Estimate::exactly(1e9), Estimate::exactly(1e9), Estimate::exactly(1e9)};
  c.interpreter.pools.fork = PoolParameters{};
  c.interpreter.asyncio = AsyncioCosts{};
  c.interpreter.interpreters = InterpreterPoolCosts{};
  return c;
}

}  // namespace gilsim::model
