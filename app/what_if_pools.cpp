// How a batch is laid out on workers, and what crosses to them and back.
#include <algorithm>
#include <set>

#include "app/format.hpp"
#include "app/what_if_changes.hpp"
#include "models/program/interpreter_version.hpp"
#include "models/program/strategy.hpp"
#include "scenario/labels.hpp"
#include "scenario/strategy_support.hpp"

namespace gilsim::app {
namespace {

using model::Configuration;
using model::PoolPattern;
using model::StrategyKind;
using scenario::Point;

bool has_payload(const Configuration& configuration) {
  const model::Payload& payload = configuration.batch.payload;
  return payload.argument.value > 0 || payload.result.value > 0;
}

bool knows_payloads(const model::InterpreterParameters& interpreter, model::PayloadVia via) {
  const auto& messages = interpreter.messages;
  if (!messages) return false;
  return via == model::PayloadVia::kSharedMemory ? !messages->shared_memory.empty()
                                                 : !messages->payloads.empty();
}

// Whether the profile knows what that takes.
bool processes_can_run(const Configuration& configuration) {
  const model::Batch& batch = configuration.batch;
  const model::PoolParameters* const start = model::start_costs_of(configuration);
  if (start == nullptr || (batch.heap.value > 0 && !start->heap)) return false;
  if (!batch.handle.empty() && !configuration.interpreter.messages) return false;
  return !has_payload(configuration) ||
         knows_payloads(configuration.interpreter, batch.payload.via);
}

bool can_run(const Configuration& configuration, StrategyKind strategy) {
  if (scenario::refusal_of(strategy, configuration.interpreter)) return false;
  const bool hybrid = strategy == StrategyKind::kHybrid;
  if (hybrid && configuration.threads_each == 1) return false;
  const bool is_graph = !configuration.batch.stages.empty();
  if (is_graph && (hybrid || strategy == StrategyKind::kDummyPool)) return false;
  const bool without_results =
      strategy == StrategyKind::kAsyncio || strategy == StrategyKind::kInterpreters;
  const bool has_results = !configuration.batch.handle.empty() || has_payload(configuration);
  if (without_results && has_results) return false;
  if (strategy == StrategyKind::kAsyncio) {
    const std::vector<model::Step>& task = configuration.batch.task;
    return std::all_of(task.begin(), task.end(), model::can_be_awaited);
  }
  if (model::is_thread_strategy(strategy)) {
    // Of several ways to run threads the one in use, or the usual one.
    return configuration.pool.pattern == PoolPattern::kMap &&
           (strategy == configuration.strategy || strategy == StrategyKind::kThreads);
  }
  if (!model::is_process_strategy(strategy)) return true;
  if (strategy == StrategyKind::kProcessExecutor && strategy != configuration.strategy)
    return false;
  return processes_can_run(configuration);
}

void set_layout(Point& point, StrategyKind strategy, int workers) {
  point.configuration.strategy = strategy;
  point.configuration.workers = workers;
  point.workers = workers;
  point.strategy = model::name_of(strategy);
}

void add_layouts(Changes& changes, const Configuration& configuration) {
  const int cores = configuration.machine.cores;
  const int own = configuration.workers;
  for (const model::Strategy& strategy : model::strategies()) {
    if (!can_run(configuration, strategy.kind)) continue;
    const bool same = strategy.kind == configuration.strategy;
    const bool sequential = !model::has_workers(strategy.kind);
    std::set<int> workers = {own, cores, 2 * own, 4 * own, std::max(1, own / 2)};
    if (configuration.batch.tasks < 4 * own) workers.insert(configuration.batch.tasks);
    if (sequential) workers = {1};
    for (const int count : workers) {
      if ((same && (sequential || count == own)) || count > configuration.batch.tasks) continue;
      changes.add(same ? Change::Kind::kSetting : Change::Kind::kLayout,
                  scenario::batch_label(strategy.kind, count), model::name_of(strategy.kind),
                  [&](Point& point) { set_layout(point, strategy.kind, count); });
    }
  }
}

bool travels_in_chunks(const Configuration& configuration) {
  const PoolPattern pattern = configuration.pool.pattern;
  return (model::is_process_strategy(configuration.strategy) ||
          configuration.strategy == StrategyKind::kDummyPool) &&
         pattern != PoolPattern::kSubmit && pattern != PoolPattern::kOneByOne;
}

void add_chunks(Changes& changes, const Configuration& configuration) {
  const int now = model::chunk_size_of(configuration);
  for (const int size : {1, 4, 16, 64, 256}) {
    if (size == now || size > configuration.batch.tasks) continue;
    changes.add(Change::Kind::kSetting, "chunk size " + std::to_string(size), "chunk size",
                [&](Point& point) { point.configuration.pool.chunk_size = size; });
  }
}

// Results as they come, or all of them at once.
void add_patterns(Changes& changes, const Configuration& configuration) {
  if (!model::is_process_strategy(configuration.strategy)) return;
  if (!configuration.interpreter.messages) return;
  const bool is_pool = configuration.strategy == StrategyKind::kProcesses;
  for (const PoolPattern pattern : {PoolPattern::kMap, PoolPattern::kImapUnordered}) {
    if (pattern == configuration.pool.pattern) continue;
    const bool changes_something =
        pattern == PoolPattern::kMap || (is_pool && !configuration.batch.handle.empty());
    if (!changes_something) continue;
    const std::string instead = model::name_of(configuration.pool.pattern);
    changes.add(Change::Kind::kSetting,
                std::string(model::name_of(pattern)) + " instead of " + instead, "pattern",
                [&](Point& point) {
                  point.configuration.pool.pattern = pattern;
                  point.configuration.pool.chunk_size = model::chunk_size_of(configuration);
                });
  }
}

void add_starts(Changes& changes, const Configuration& configuration) {
  if (!model::is_process_strategy(configuration.strategy)) return;
  const bool replaces = configuration.pool.max_tasks_per_child > 0;
  for (const auto& [method, name] : model::EnumNames<model::StartMethod>::values) {
    if (method == configuration.start_method) continue;
    const bool refused = replaces && method == model::StartMethod::kFork &&
                         configuration.strategy == StrategyKind::kProcessExecutor;
    Configuration other = configuration;
    other.start_method = method;
    if (refused || !processes_can_run(other)) continue;
    changes.add(Change::Kind::kSetting, "start method " + std::string(name), "start method",
                [&](Point& point) { point.configuration.start_method = other.start_method; });
  }
}

void add_shared_memory(Changes& changes, const Configuration& configuration) {
  const bool crosses = model::is_process_strategy(configuration.strategy) &&
                       has_payload(configuration) &&
                       configuration.batch.payload.via == model::PayloadVia::kPickle;
  if (!crosses || !knows_payloads(configuration.interpreter, model::PayloadVia::kSharedMemory) ||
      model::version_number(configuration.interpreter.version) < model::VersionNumber{3, 8}) {
    return;
  }
  changes.add(Change::Kind::kCode, "payloads in shared memory", "payloads", [](Point& point) {
    point.configuration.batch.payload.via = model::PayloadVia::kSharedMemory;
  });
}

// ---- Several tasks in one call

std::vector<model::Step> repeated(const std::vector<model::Step>& steps, int times) {
  std::vector<model::Step> all;
  for (int i = 0; i < times; ++i) all.insert(all.end(), steps.begin(), steps.end());
  return all;
}

double nominal_time(const Configuration& configuration) {
  double nanoseconds = 0;
  for (const model::Step& step : configuration.batch.task) {
    const auto* const python = std::get_if<model::PythonStep>(&step);
    if (python && python->loops) {
      nanoseconds +=
          1e9 * static_cast<double>(*python->loops) / configuration.interpreter.rates.main.median;
    } else {
      const auto mean = std::visit([](const auto& s) { return model::mean_of(s.time); }, step);
      nanoseconds += static_cast<double>(mean.count());
    }
  }
  return nanoseconds;
}

// The divisor that is nearest, so that the work stays the same.
int nearest_divisor(int tasks, int wanted) {
  for (int distance = 0; distance < wanted; ++distance) {
    for (const int size : {wanted - distance, wanted + distance}) {
      if (size <= tasks && tasks % size == 0) return size;
    }
  }
  return 1;
}

void add_parcels(Changes& changes, const Configuration& configuration) {
  constexpr double kSmall = 1e6;  // nanoseconds: larger tasks are not worth it
  constexpr std::size_t kMostSteps = 1024;
  const bool is_pool = configuration.strategy == StrategyKind::kThreads ||
                       configuration.strategy == StrategyKind::kThreadEach ||
                       configuration.strategy == StrategyKind::kInterpreters;
  if (!is_pool || nominal_time(configuration) > kSmall) return;
  const model::Batch& batch = configuration.batch;
  std::set<int> sizes;
  for (const int size : {8, 64}) sizes.insert(nearest_divisor(batch.tasks, size));
  for (const int size : sizes) {
    const std::size_t steps = static_cast<std::size_t>(size) * batch.task.size();
    if (size == 1 || size == batch.tasks || steps > kMostSteps) continue;
    changes.add(Change::Kind::kCode, std::to_string(size) + " tasks in one call", "parcels",
                [&](Point& point) {
                  model::Batch& fewer = point.configuration.batch;
                  fewer.tasks = batch.tasks / size;
                  fewer.task = repeated(batch.task, size);
                  fewer.handle = repeated(batch.handle, size);
                });
  }
}

}  // namespace

std::vector<std::string> strategies_that_can_run(const Point& point) {
  std::vector<std::string> names;
  for (const model::Strategy& strategy : model::strategies()) {
    if (can_run(point.configuration, strategy.kind))
      names.emplace_back(model::name_of(strategy.kind));
  }
  return names;
}

void add_pool_changes(Changes& changes, const Configuration& configuration) {
  add_layouts(changes, configuration);
  if (!configuration.batch.stages.empty()) return add_starts(changes, configuration);
  if (travels_in_chunks(configuration)) add_chunks(changes, configuration);
  add_patterns(changes, configuration);
  add_starts(changes, configuration);
  add_shared_memory(changes, configuration);
  add_parcels(changes, configuration);
}

}  // namespace gilsim::app
