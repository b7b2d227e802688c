#include "tests/support/random_scenario.hpp"

#include <cmath>

#include "tests/support/free_machine.hpp"

namespace gilsim::test {
namespace {

using sim::Duration;
using sim::RandomStream;

constexpr Duration ns(std::int64_t n) { return Duration::nanoseconds(n); }
constexpr Duration us(std::int64_t n) { return Duration::microseconds(n); }
constexpr Duration ms(std::int64_t n) { return Duration::milliseconds(n); }

model::Cost random_cost(RandomStream& random) {
  return model::Cost::exactly(random_time(random, us(1), us(60)));
}

void add_latencies(model::Configuration& c, RandomStream& random) {
  for (model::Cost* cost :
       {&c.machine.waker_cost, &c.machine.thread_create, &c.interpreter.thread_start,
        &c.interpreter.submit, &c.interpreter.task}) {
    *cost = random_cost(random);
  }
  c.machine.context_switch = model::Cost::exactly(random_time(random, ns(500), us(4)));
  c.machine.timed_wait = model::Cost::exactly(random_time(random, ns(500), us(8)));
  c.machine.signal_window = model::Cost::exactly(random_time(random, ns(1), us(60)));
  c.interpreter.signal_stolen = model::Estimate::exactly(random.uniform() < 0.5 ? 0 : 1);
  c.machine.timer_wake = model::always(random_time(random, us(1), us(60)));
  c.machine.futex_wake = model::always(random_time(random, us(1), us(60)));
  c.machine.timer_wake = model::always(random_time(random, us(1), us(60)));
  c.machine.futex_wake = model::always(random_time(random, us(1), us(60)));
  model::WaitCosts& waits = c.interpreter.waits;
  for (model::WaitCost* wait :
       {&waits.sleep, &waits.socket, &waits.pipe, &waits.file, &waits.udp}) {
    wait->call = random_cost(random);
    wait->cpu = random_cost(random);
    wait->latency = random_cost(random);
  }
  model::PoolParameters& pool = *c.interpreter.pools.fork;
  for (model::Cost* cost : {&pool.create, &pool.create_per_worker, &pool.worker_ready, &pool.chunk,
                            &pool.item, &pool.shutdown}) {
    *cost = random_cost(random);
  }
  c.machine.timer_slack = random_time(random, us(1), us(60));
}

std::vector<model::Step> random_program(RandomStream& random) {
  std::vector<model::Step> steps;
  const int count = random_int(random, 1, 4);
  for (int i = 0; i < count; ++i) steps.push_back(random_step(random));
  return steps;
}

void make_looping(model::Configuration& c, RandomStream& random) {
  const int threads = random_int(random, 1, 5);
  for (int i = 0; i < threads; ++i) {
    c.threads.push_back({"thread " + std::to_string(i), random_program(random)});
  }
  c.duration = random_time(random, ms(20), ms(200));
}

void make_batch(model::Configuration& c, RandomStream& random) {
  using model::StrategyKind;
  constexpr StrategyKind kinds[] = {StrategyKind::kSequential, StrategyKind::kThreads,
                                    StrategyKind::kProcesses};
  c.strategy = kinds[random_int(random, 0, 2)];
  c.workers = random_int(random, 1, 5);
  c.batch.tasks = random_int(random, 1, 12);
  c.batch.task = random_program(random);
  c.pool.chunk_size = random_int(random, 0, 3);
}

}  // namespace

int random_int(RandomStream& random, int low, int high) {
  const auto span = static_cast<std::uint64_t>(high - low + 1);
  return low + static_cast<int>(random.bits() % span);
}

Duration random_time(RandomStream& random, Duration low, Duration high) {
  const double ratio = static_cast<double>(high.count()) / static_cast<double>(low.count());
  return low.scaled(std::pow(ratio, random.uniform()));
}

model::Step random_step(RandomStream& random) {
  using model::WaitVia;
  constexpr WaitVia vias[] = {WaitVia::kSleep, WaitVia::kSocket, WaitVia::kUdp};
  const int kind = random_int(random, 0, 5);
  const model::Constant time{random_time(random, us(5), ms(12))};
  if (kind < 3) return model::PythonStep{time, {}};
  if (kind == 3) return model::NativeStep{time, model::LockMode::kReleased};
  if (kind == 4) return model::NativeStep{time, model::LockMode::kHeld};
  return model::WaitStep{time, vias[random_int(random, 0, 2)]};
}

int threads_of(const model::Configuration& configuration) {
  if (!configuration.is_batch()) return static_cast<int>(configuration.threads.size());
  return configuration.strategy == model::StrategyKind::kSequential ? 1 : configuration.workers + 1;
}

model::Configuration random_scenario(RandomStream& random, const ScenarioShape& shape) {
  model::Configuration c = model::free_machine(1);
  c.switch_interval = random_time(random, us(50), ms(8));
  if (shape.latencies) add_latencies(c, random);
  const bool looping = shape.program == Program::kLooping ||
                       (shape.program == Program::kAny && random_int(random, 0, 1) == 0);
  if (looping) {
    make_looping(c, random);
  } else {
    make_batch(c, random);
  }
  c.machine.newidle_random = false;  // the reference throws no dice
  c.machine.cores = shape.enough_cores ? threads_of(c) : random_int(random, 1, 4);
  return c;
}

}  // namespace gilsim::test
