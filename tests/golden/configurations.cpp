#include "tests/golden/configurations.hpp"

#include "tests/support/free_machine.hpp"

namespace gilsim::test {
namespace {

using model::Configuration;
using model::Constant;
using model::Cost;
using model::Distribution;
using model::Estimate;
using model::LockMode;
using model::NativeStep;
using model::PythonStep;
using model::Step;
using model::StrategyKind;
using model::WaitStep;
using model::WaitVia;
using sim::Duration;

constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

Cost about(Duration median) { return {median, median * 3 / 4, median * 2, 100}; }
model::WakeCurve rising(Duration latency) {
  return {{us(100), about(latency)}, {ms(1), about(latency * 2)}, {ms(10), about(latency * 3)}};
}

// Every cost there is, with a spread.
Configuration costly(int cores) {
  Configuration c = model::free_machine(cores);
  model::MachineParameters& m = c.machine;
  m.timer_slack = us(50);
  m.timer_wake = rising(us(30));
  m.futex_wake = rising(us(25));
  m.waker_cost = about(us(8));
  m.context_switch = about(us(2));
  m.timed_wait = about(us(3));
  m.thread_create = about(us(15));
  m.signal_window = about(Duration::nanoseconds(700));
  m.parallel_speed = {0.9, 0.85, 0.95, 100};
  model::InterpreterParameters& p = c.interpreter;
  p.rates = {Estimate::exactly(2e7), {1.8e7, 1.7e7, 1.9e7, 100}, {1.9e7, 1.8e7, 2e7, 100}};
  p.thread_start = about(us(120));
  p.signal_stolen = {0.7, 0.5, 0.9, 100};
  p.submit = about(us(20));
  p.task = about(us(10));
  model::WaitCosts& w = p.waits;
  for (model::WaitCost* wait : {&w.sleep, &w.socket, &w.pipe, &w.file, &w.udp}) {
    wait->call = about(us(9));
    wait->cpu = about(us(5));
    wait->latency = about(us(12));
  }
  p.pools.fork = model::PoolParameters{about(ms(2)),  about(us(700)), about(us(900)),
                                       about(us(80)), about(us(7)),   about(ms(3))};
  return c;
}

Step python(Distribution time) { return PythonStep{std::move(time), {}}; }
Step released(Distribution time) { return NativeStep{std::move(time), LockMode::kReleased}; }
Step held(Distribution time) { return NativeStep{std::move(time), LockMode::kHeld}; }
Step wait(Distribution time, WaitVia via) { return WaitStep{std::move(time), via}; }

Configuration batch(Configuration c, StrategyKind strategy, int workers, int tasks,
                    std::vector<Step> task) {
  c.batch = {tasks, std::move(task)};
  c.strategy = strategy;
  c.workers = workers;
  return c;
}

Configuration looping(Configuration c, std::vector<model::LoopingThread> threads) {
  c.threads = std::move(threads);
  c.duration = ms(800);
  return c;
}

}  // namespace

std::vector<std::pair<std::string, Configuration>> golden_configurations() {
  const std::vector<Step> mixed = {python(model::Exponential{ms(2)}),
                                   released(model::Uniform{us(100), ms(4)}),
                                   wait(model::Lognormal{ms(3), 0.5}, WaitVia::kSocket)};
  const std::vector<Step> short_steps = {python(Constant{us(20)}), released(Constant{us(5)})};
  const model::LoopingThread cpu{"cpu", {python(Constant{ms(10)})}};
  const model::LoopingThread cpu2{"cpu 2", {python(model::Hyperexponential{ms(1), 2})}};
  const model::LoopingThread echo{"echo", {wait(Constant{}, WaitVia::kUdp)}};
  const model::LoopingThread sleeper{"sleeper", {wait(Constant{ms(1)}, WaitVia::kSleep)}};
  const model::LoopingThread stubborn{
      "stubborn", {held(model::Empirical{{us(300), ms(7), ms(12)}}), python(Constant{us(50)})}};

  Configuration tiny_interval = looping(costly(2), {cpu, cpu2, sleeper});
  tiny_interval.switch_interval = us(100);
  Configuration loops = batch(costly(2), StrategyKind::kThreads, 2, 4,
                              {PythonStep{Constant{}, 300'000}, wait({}, WaitVia::kFile)});

  return {
      {"sequential", batch(costly(1), StrategyKind::kSequential, 1, 20, mixed)},
      {"threads on one core", batch(costly(1), StrategyKind::kThreads, 4, 40, mixed)},
      {"threads on four cores", batch(costly(4), StrategyKind::kThreads, 6, 60, mixed)},
      {"threads of short steps", batch(costly(2), StrategyKind::kThreads, 2, 300, short_steps)},
      {"threads of loops", loops},
      {"processes on two cores", batch(costly(2), StrategyKind::kProcesses, 4, 40, mixed)},
      {"processes on six cores", batch(costly(6), StrategyKind::kProcesses, 4, 40, mixed)},
      {"free machine", batch(model::free_machine(2), StrategyKind::kThreads, 3, 30, mixed)},
      {"echo beside computing", looping(costly(2), {echo, cpu})},
      {"echo beside two, one core", looping(costly(1), {echo, cpu, cpu2})},
      {"sleeper beside held lock", looping(costly(2), {sleeper, stubborn, cpu2})},
      {"tiny interval", tiny_interval},
  };
}

}  // namespace gilsim::test
