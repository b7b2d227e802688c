#include "app/demands.hpp"

#include <algorithm>
#include <array>

#include "analysis/critical_path.hpp"
#include "app/pool_demands.hpp"
#include "models/lock/registry.hpp"
#include "models/program/layout_speed.hpp"
#include "models/program/task_graph.hpp"

namespace gilsim::app {
namespace {

using model::Configuration;
using model::StrategyKind;

double nanoseconds(sim::Duration time) { return static_cast<double>(time.count()); }
double median_of(const model::Cost& cost) { return nanoseconds(cost.median); }

bool runs_on_workers(const Configuration& configuration) {
  return model::is_thread_strategy(configuration.strategy) ||
         configuration.strategy == StrategyKind::kInterpreters;
}

// Of what works on the tasks.
model::Layout layout_of(const Configuration& configuration) {
  if (runs_on_workers(configuration)) return model::Layout::kWorker;
  return model::is_process_strategy(configuration.strategy) ? model::Layout::kChild
                                                            : model::Layout::kMain;
}

bool share_a_lock(const Configuration& configuration) {
  return model::is_thread_strategy(configuration.strategy) && model::excludes(configuration);
}

double full_bandwidth(const model::MachineParameters& machine) {
  double most = 0;
  for (const model::MemoryBandwidth& point : machine.memory) most = std::max(most, point.bandwidth);
  return most;
}

// Workers that may be busy at the same time.
int threads_of(const Configuration& configuration) {
  const int tasks = configuration.batch.tasks;
  if (configuration.strategy == StrategyKind::kSequential) return 1;
  if (configuration.strategy == StrategyKind::kThreadEach) return tasks;
  if (configuration.pool.pattern == model::PoolPattern::kOneByOne) return 1;
  const bool hybrid = configuration.strategy == StrategyKind::kHybrid;
  return std::min(configuration.workers * (hybrid ? configuration.threads_each : 1), tasks);
}

// How long each device is busy, all of its servers at once; a wait of any kind is served by one.
class DeviceDemands {
 public:
  explicit DeviceDemands(const Configuration& configuration)
      : devices_(configuration.devices), busy_(devices_.size(), 0) {}

  void add(const model::Step& step, double time) {
    const auto* const wait = std::get_if<model::WaitStep>(&step);
    if (wait == nullptr || wait->number == 0) return;
    const std::size_t device = wait->number - 1U;
    busy_[device] += time / devices_[device].servers;
  }
  // Its number among the devices; precondition: there is one.
  std::size_t busiest() const {
    return static_cast<std::size_t>(std::max_element(busy_.begin(), busy_.end()) - busy_.begin());
  }
  double most() const { return busy_.empty() ? 0 : busy_[busiest()]; }

 private:
  const std::vector<model::Device>& devices_;
  std::vector<double> busy_;
};

// `tasks`: what each takes alone. Without stages: no path.
analysis::CriticalPath path_of(const Configuration& configuration, std::vector<double> tasks) {
  if (configuration.batch.stages.empty()) return {};
  const model::TaskEdges graph = model::edges_of(configuration.batch.stages);
  tasks.resize(graph.vertices, 0);
  return analysis::critical_path(tasks, graph.edges);
}

class Demands {
 public:
  Demands(const Configuration& configuration, std::uint64_t seed, std::uint64_t replication)
      : configuration_(configuration),
        slowness_(model::slowness_by_layout(configuration, seed, replication)),
        bandwidth_(full_bandwidth(configuration.machine)),
        devices_(configuration) {
    std::vector<double> tasks;
    for (const auto& times : model::sample_tasks(configuration, seed, replication)) {
      tasks.push_back(add_task(times));
    }
    path_ = path_of(configuration, std::move(tasks));
    demands_.span = path_.span;
    demands_.device = devices_.most();
    if (model::is_process_strategy(configuration.strategy)) {
      add_pool();
    } else {
      add_strategy();
    }
  }

  analysis::BatchDemands take() { return demands_; }
  const std::vector<std::size_t>& path() const { return path_.vertices; }
  std::size_t busiest_device() const { return devices_.busiest(); }

 private:
  struct Spent {
    double computing = 0, with_lock = 0, waiting = 0, moving = 0;
    double all() const { return computing + waiting; }
  };

  Spent spent_in(const model::Step& step, sim::Duration nominal, model::Layout layout) const {
    Spent spent;
    if (nominal == model::kNoStep) return spent;
    const double time = nanoseconds(nominal);
    if (std::holds_alternative<model::WaitStep>(step)) {
      spent.waiting = time;
      return spent;
    }
    const auto* const native = std::get_if<model::NativeStep>(&step);
    spent.computing =
        time / configuration_.speed * (native ? 1 : slowness_[static_cast<std::size_t>(layout)]);
    if (!native || native->lock == model::LockMode::kHeld) spent.with_lock = spent.computing;
    if (native && bandwidth_ > 0) spent.moving = spent.computing * native->memory / bandwidth_;
    return spent;
  }

  // The steps of `handle` come after those of the task.
  double add_task(const std::vector<sim::Duration>& times) {
    const std::vector<model::Step>& task = configuration_.batch.task;
    double own = 0;
    for (std::size_t i = 0; i < task.size(); ++i) {
      const Spent spent = spent_in(task[i], times[i], layout_of(configuration_));
      add(spent);
      own += spent.all();
      demands_.blocking += spent.waiting;
      devices_.add(task[i], spent.waiting);
      const bool on_loop =
          configuration_.strategy == StrategyKind::kAsyncio && !model::goes_to_thread(task[i]);
      if (on_loop) demands_.looped += spent.computing;
    }
    demands_.longest_task = std::max(demands_.longest_task, own);
    for (std::size_t i = 0; i < configuration_.batch.handle.size(); ++i) {
      add_handling(
          spent_in(configuration_.batch.handle[i], times[task.size() + i], model::Layout::kMain));
    }
    return own;
  }
  void add(const Spent& spent) {
    demands_.computing += spent.computing;
    demands_.memory += spent.moving;
    if (share_a_lock(configuration_)) demands_.locked += spent.with_lock;
  }
  void add_handling(const Spent& spent) {
    add(spent);
    if (configuration_.strategy == StrategyKind::kSequential) {
      demands_.blocking += spent.waiting;
      return;
    }
    demands_.outside += spent.computing;
    demands_.handling += spent.all();
    if (model::is_process_strategy(configuration_.strategy)) demands_.parent += spent.with_lock;
  }

  // Costs of the strategy itself: handing out, starting, ending.
  void add_strategy() {
    const model::InterpreterParameters& interpreter = configuration_.interpreter;
    const double tasks = configuration_.batch.tasks;
    if (model::is_thread_strategy(configuration_.strategy)) {
      add_handing_out_to_threads();
    } else if (configuration_.strategy == StrategyKind::kAsyncio && interpreter.asyncio) {
      const model::AsyncioCosts& costs = *interpreter.asyncio;
      demands_.looped +=
          tasks * (median_of(costs.create) + median_of(costs.begin) + median_of(costs.done));
    } else if (configuration_.strategy == StrategyKind::kInterpreters && interpreter.interpreters) {
      const model::InterpreterPoolCosts& costs = *interpreter.interpreters;
      demands_.start = median_of(costs.create) + median_of(costs.destroy);
      demands_.computing +=
          tasks * (median_of(interpreter.task) + median_of(costs.call)) +
          std::min(configuration_.workers, configuration_.batch.tasks) * demands_.start;
    }
  }

  void add_handing_out_to_threads() {
    const model::InterpreterParameters& interpreter = configuration_.interpreter;
    const double tasks = configuration_.batch.tasks;
    double in_workers = 0;
    if (configuration_.strategy == StrategyKind::kThreads) {
      demands_.dispatch = tasks * median_of(interpreter.submit);
      in_workers = tasks * median_of(interpreter.task);
    } else if (configuration_.strategy == StrategyKind::kDummyPool) {
      const PoolDemands pool = dummy_pool_demands_of(configuration_);
      demands_.dispatch = pool.handing_out;
      in_workers = pool.in_workers;
    }
    demands_.messages = demands_.dispatch + in_workers;
    demands_.computing += demands_.messages;
    demands_.outside += demands_.dispatch;
    if (share_a_lock(configuration_)) demands_.locked += demands_.dispatch + in_workers;
    demands_.start = threads_of(configuration_) * median_of(interpreter.thread_start);
  }

  void add_pool() {
    const PoolDemands pool = pool_demands_of(configuration_);
    demands_.dispatch = pool.handing_out;
    demands_.pickling = pool.pickling;
    demands_.parent += pool.handing_out + pool.pickling_held;
    demands_.outside += pool.handing_out + pool.carrying + pool.getting_ready;
    demands_.messages = pool.handing_out + pool.in_workers;
    demands_.payloads = pool.carrying + pool.payloads_in_workers;
    demands_.computing += demands_.messages + demands_.payloads + pool.getting_ready;
    demands_.start = pool.start;
  }

  const Configuration& configuration_;
  const std::array<double, 3> slowness_;
  const double bandwidth_;
  DeviceDemands devices_;
  analysis::BatchDemands demands_;
  analysis::CriticalPath path_;
};

// The parent of a pool of processes computes beside them.
int busy_at_most(const Configuration& configuration) {
  if (configuration.strategy == StrategyKind::kSequential) return 1;
  const bool beside = model::is_process_strategy(configuration.strategy);
  return beside ? configuration.machine.cores : threads_of(configuration);
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

std::string critical_stages(const Configuration& configuration, std::uint64_t seed) {
  const std::vector<model::Stage>& stages = configuration.batch.stages;
  const Demands demands(configuration, seed, 0);
  std::string text;
  for (const std::size_t task : demands.path()) {
    std::size_t stage = 0;
    for (std::size_t end = 0; stage < stages.size(); ++stage) {
      end += static_cast<std::size_t>(stages[stage].tasks);
      if (task < end) break;
    }
    if (stage < stages.size()) text += (text.empty() ? "" : ", ") + stages[stage].name;
  }
  return text;
}

std::size_t busiest_device(const Configuration& configuration, std::uint64_t seed) {
  return Demands(configuration, seed, 0).busiest_device();
}

analysis::BatchDemands demands_of(const Configuration& configuration, std::uint64_t seed,
                                  std::uint64_t replication) {
  analysis::BatchDemands demands = Demands(configuration, seed, replication).take();
  const bool alone = configuration.strategy == StrategyKind::kSequential;
  demands.workers = threads_of(configuration);
  demands.cores = worth_of_cores(configuration.machine, busy_at_most(configuration));
  if (const auto& quota = configuration.machine.quota) {
    const double rate = nanoseconds(quota->quota) / nanoseconds(quota->period);
    if (rate < configuration.machine.cores) {
      demands.quota = rate;
      demands.at_once = nanoseconds(quota->quota);
    }
  }
  const bool hybrid = configuration.strategy == StrategyKind::kHybrid;
  if (all_alike(configuration) && !alone && !hybrid && configuration.batch.stages.empty()) {
    const int tasks = configuration.batch.tasks;
    const int chunk = model::chunk_size_of(configuration);
    demands.pieces = tasks % chunk == 0 ? tasks / chunk : 0;
  }
  return demands;
}

}  // namespace gilsim::app
