#include "app/demands.hpp"

#include <algorithm>

#include "models/lock/registry.hpp"

namespace gilsim::app {
namespace {

using model::Configuration;
using model::StrategyKind;

double nanoseconds(sim::Duration time) { return static_cast<double>(time.count()); }
double median_of(const model::Cost& cost) { return nanoseconds(cost.median); }

bool runs_on_workers(const Configuration& configuration) {
  return configuration.strategy == StrategyKind::kThreads ||
         configuration.strategy == StrategyKind::kInterpreters;
}

// Time of bytecode over its nominal time.
double slowness_of(const Configuration& configuration) {
  const model::LayoutRates& rates = configuration.interpreter.rates;
  const model::Estimate& own = runs_on_workers(configuration)                       ? rates.worker
                               : model::is_process_strategy(configuration.strategy) ? rates.child
                                                                                    : rates.main;
  return rates.main.median / own.median;
}

bool share_a_lock(const Configuration& configuration) {
  return model::is_thread_strategy(configuration.strategy) && model::excludes(configuration);
}

double full_bandwidth(const model::MachineParameters& machine) {
  double most = 0;
  for (const model::MemoryBandwidth& point : machine.memory) most = std::max(most, point.bandwidth);
  return most;
}

void add_task(analysis::BatchDemands& demands, const Configuration& configuration,
              const std::vector<sim::Duration>& times, double share) {
  const double bandwidth = full_bandwidth(configuration.machine);
  double own = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const model::Step& step = configuration.batch.task[i];
    if (times[i] == model::kNoStep) continue;
    double time = nanoseconds(times[i]);
    if (std::holds_alternative<model::WaitStep>(step)) {
      demands.blocking += share * time;
      own += time;
      continue;
    }
    time /= configuration.speed;
    const auto* const native = std::get_if<model::NativeStep>(&step);
    if (!native) time *= slowness_of(configuration);
    const bool keeps = !native || native->lock == model::LockMode::kHeld;
    demands.computing += share * time;
    if (keeps && share_a_lock(configuration)) demands.locked += share * time;
    const bool on_loop =
        configuration.strategy == StrategyKind::kAsyncio && !model::goes_to_thread(step);
    if (on_loop) demands.looped += share * time;
    if (native && bandwidth > 0) demands.memory += share * time * native->memory / bandwidth;
    own += time;
  }
  demands.longest_task = std::max(demands.longest_task, own);
}

// Costs of the strategy itself: handing out, starting, ending.
void add_strategy(analysis::BatchDemands& demands, const Configuration& configuration) {
  const model::InterpreterParameters& interpreter = configuration.interpreter;
  const double tasks = configuration.batch.tasks;
  if (model::is_thread_strategy(configuration.strategy)) {
    demands.dispatch = tasks * median_of(interpreter.submit);
    const double handling = demands.dispatch + tasks * median_of(interpreter.task);
    demands.computing += handling;
    if (share_a_lock(configuration)) demands.locked += handling;
    demands.start = std::min(configuration.workers, configuration.batch.tasks) *
                    median_of(interpreter.thread_start);
  } else if (model::is_process_strategy(configuration.strategy)) {
    const model::PoolParameters* const costs = model::start_costs_of(configuration);
    if (!costs) return;
    const double chunks = std::max(1.0, tasks / std::max(1, model::chunk_size_of(configuration)));
    demands.computing += chunks * median_of(costs->chunk) + tasks * median_of(costs->item) +
                         configuration.workers * median_of(costs->worker_ready);
    demands.start = median_of(costs->create) +
                    configuration.workers * median_of(costs->create_per_worker) +
                    median_of(costs->worker_ready) + median_of(costs->shutdown);
  }
}

// As add_strategy, for those that the profile may not know.
void add_newer_strategy(analysis::BatchDemands& demands, const Configuration& configuration) {
  const model::InterpreterParameters& interpreter = configuration.interpreter;
  const double tasks = configuration.batch.tasks;
  if (configuration.strategy == StrategyKind::kAsyncio && interpreter.asyncio) {
    const model::AsyncioCosts& costs = *interpreter.asyncio;
    demands.looped +=
        tasks * (median_of(costs.create) + median_of(costs.begin) + median_of(costs.done));
  } else if (configuration.strategy == StrategyKind::kInterpreters && interpreter.interpreters) {
    const model::InterpreterPoolCosts& costs = *interpreter.interpreters;
    demands.start = median_of(costs.create) + median_of(costs.destroy);
    demands.computing += tasks * (median_of(interpreter.task) + median_of(costs.call)) +
                         std::min(configuration.workers, configuration.batch.tasks) * demands.start;
  }
}

bool all_alike(const Configuration& configuration) {
  return std::all_of(configuration.batch.task.begin(), configuration.batch.task.end(),
                     [](const model::Step& step) {
                       return std::visit([](const auto& s) { return model::is_constant(s.time); },
                                         step);
                     });
}

}  // namespace

double worth_of_cores(const model::MachineParameters& machine, int busy) {
  const int used = std::min(busy, machine.cores);
  const int whole = std::max(1, machine.cores / machine.threads_per_core);
  const int doubled = std::max(0, used - whole);
  const double of_pairs = used - 2 * doubled + 2 * doubled * machine.smt_speed.median;
  const double share = machine.cores < 2 ? 0 : static_cast<double>(used - 1) / (machine.cores - 1);
  const double clock = 1 + share * (machine.parallel_speed.median - 1);
  return (machine.threads_per_core > 1 ? of_pairs : used) * clock;
}

analysis::BatchDemands demands_of(const Configuration& configuration, std::uint64_t seed,
                                  int replications) {
  analysis::BatchDemands demands;
  for (int i = 0; i < replications; ++i) {
    for (const auto& task :
         model::sample_tasks(configuration, seed, static_cast<std::uint64_t>(i))) {
      add_task(demands, configuration, task, 1.0 / replications);
    }
  }
  add_strategy(demands, configuration);
  add_newer_strategy(demands, configuration);
  const bool alone = configuration.strategy == StrategyKind::kSequential;
  demands.workers = alone ? 1 : configuration.workers;
  demands.cores = worth_of_cores(configuration.machine, demands.workers);
  if (const auto& quota = configuration.machine.quota) {
    const double rate = nanoseconds(quota->quota) / nanoseconds(quota->period);
    if (rate < configuration.machine.cores) {
      demands.quota = rate;
      demands.at_once = nanoseconds(quota->quota);
    }
  }
  if (all_alike(configuration) && !alone) {
    const int tasks = configuration.batch.tasks;
    const int chunk = model::is_process_strategy(configuration.strategy)
                          ? model::chunk_size_of(configuration)
                          : 1;
    demands.pieces = tasks % chunk == 0 ? tasks / chunk : 0;
  }
  return demands;
}

}  // namespace gilsim::app
