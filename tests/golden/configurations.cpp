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
                                       about(us(80)), about(us(7)),   about(ms(3)),
                                       {},            {},             {}};
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

model::PoolCalls calls() {
  model::PoolCalls c;
  c.submit = about(us(3));
  c.feed = {about(us(5)), about(us(1))};
  c.work = {about(us(9)), about(us(1))};
  c.collect = {about(us(4)), about(us(1))};
  c.result = about(us(2));
  c.maintain = model::ChunkCost{about(us(8)), about(us(2))};
  return c;
}

// Every cost of messages, payloads both ways, workers that are replaced, results that are handled.
Configuration pools(StrategyKind strategy, const std::vector<Step>& task) {
  Configuration c = batch(costly(2), strategy, 3, 30, task);
  model::PoolParameters& start = *c.interpreter.pools.fork;
  start.worker_exit = about(us(300));
  start.heap = model::HeapCosts{about(ms(20)), about(ms(30))};
  model::MessageCosts m;
  m.task = {90, 5};
  m.result = {24, 18};
  m.write = m.read = about(us(1));
  m.pool = calls();
  m.dummy = calls();
  const model::ChunkCost chunk{about(us(15)), about(us(1))};
  m.executor =
      model::ExecutorCalls{chunk,        about(us(5)), chunk,        about(us(1)), chunk,
                           about(us(6)), about(us(1)), about(us(5)), chunk,        about(us(3))};
  m.payloads = {{1, about(us(300)), about(us(40)), about(us(150)), about(us(600)), about(us(150))}};
  c.interpreter.messages = m;
  c.pool = {model::PoolPattern::kMap, 2, strategy == StrategyKind::kProcesses ? 4 : 0};
  c.batch.payload = {{200'000}, {1'000}};
  c.batch.heap = {100 << 20};
  c.batch.handle = {python(Constant{us(200)})};
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
      {"a pool, message by message", pools(StrategyKind::kProcesses, mixed)},
      {"an executor", pools(StrategyKind::kProcessExecutor, mixed)},
      {"a dummy pool", pools(StrategyKind::kDummyPool, mixed)},
      {"a thread for each task", pools(StrategyKind::kThreadEach, mixed)},
      {"free machine", batch(model::free_machine(2), StrategyKind::kThreads, 3, 30, mixed)},
      {"echo beside computing", looping(costly(2), {echo, cpu})},
      {"echo beside two, one core", looping(costly(1), {echo, cpu, cpu2})},
      {"sleeper beside held lock", looping(costly(2), {sleeper, stubborn, cpu2})},
      {"tiny interval", tiny_interval},
  };
}

}  // namespace gilsim::test
