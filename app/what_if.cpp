#include "app/what_if.hpp"

#include <algorithm>
#include <set>

#include "app/format.hpp"
#include "app/plot_axis.hpp"
#include "models/lock/registry.hpp"
#include "models/program/strategy.hpp"
#include "scenario/labels.hpp"
#include "scenario/strategy_support.hpp"

namespace gilsim::app {
namespace {

using model::Configuration;
using model::StrategyKind;
using scenario::Point;

std::string time_text(sim::Duration time) { return tic_name(time.in_seconds(), "s"); }

class Changes {
 public:
  explicit Changes(const Point& point) : from_(point) {}

  template <class Edit>
  void add(Change::Kind kind, const std::string& what, const std::string& family, Edit edit) {
    Change change{kind, what, family, from_};
    edit(change.point);
    all_.push_back(std::move(change));
  }
  std::vector<Change> take() { return std::move(all_); }

 private:
  const Point& from_;
  std::vector<Change> all_;
};

bool share_a_lock(const Configuration& configuration) {
  if (!model::excludes(configuration)) return false;
  return !configuration.is_batch() || model::is_thread_strategy(configuration.strategy);
}

void add_intervals(Changes& changes, const Configuration& configuration) {
  for (const std::int64_t microseconds : {100, 500, 1'000, 5'000, 20'000, 100'000}) {
    const sim::Duration interval = sim::Duration::microseconds(microseconds);
    if (interval == configuration.switch_interval) continue;
    changes.add(Change::Kind::kSetting, "switch interval " + time_text(interval), "interval",
                [&](Point& point) { point.configuration.switch_interval = interval; });
  }
}

// What a step does, and what it would take to do it without the lock; empty: it needs none.
std::string unlocked(const model::Step& step, const std::string& which) {
  if (std::holds_alternative<model::PythonStep>(step)) {
    return which + " (bytecode) in C code that releases the lock";
  }
  const auto* const native = std::get_if<model::NativeStep>(&step);
  if (native == nullptr || native->lock == model::LockMode::kReleased) return "";
  return "releasing the lock in " + which + " (C code, " + time_text(model::mean_of(native->time)) +
         ")";
}

void release(model::Step& step, const Configuration& configuration) {
  if (auto* const native = std::get_if<model::NativeStep>(&step)) {
    native->lock = model::LockMode::kReleased;
    return;
  }
  const auto& python = std::get<model::PythonStep>(step);
  model::NativeStep native;
  native.time = python.time;
  if (python.loops) {
    native.time = model::Constant{sim::Duration::from_seconds(
        static_cast<double>(*python.loops) / configuration.interpreter.rates.main.median)};
  }
  step = native;
}

void add_releases(Changes& changes, const Configuration& configuration) {
  const std::vector<model::Step>& task = configuration.batch.task;
  for (std::size_t i = 0; i < task.size(); ++i) {
    const std::string what = unlocked(task[i], "step " + std::to_string(i + 1));
    if (what.empty()) continue;
    changes.add(Change::Kind::kCode, what, what,
                [&](Point& point) { release(point.configuration.batch.task[i], configuration); });
  }
  for (std::size_t k = 0; k < configuration.threads.size(); ++k) {
    const model::LoopingThread& thread = configuration.threads[k];
    for (std::size_t i = 0; i < thread.program.size(); ++i) {
      const std::string what = unlocked(
          thread.program[i], "step " + std::to_string(i + 1) + " of " + printable(thread.name));
      if (what.empty()) continue;
      changes.add(Change::Kind::kCode, what, what, [&](Point& point) {
        release(point.configuration.threads[k].program[i], configuration);
      });
    }
  }
}

// A thread in a process, or an interpreter, of its own.
void add_separations(Changes& changes, const Configuration& configuration) {
  for (std::size_t k = 0; k < configuration.threads.size(); ++k) {
    const std::string& name = configuration.threads[k].name;
    const std::string what = printable(name) + " in a process or interpreter of its own";
    changes.add(Change::Kind::kLayout, what, what, [&](Point& point) {
      point.configuration.isolated = true;
      point.configuration.threads[k].interpreter = "own lock of " + name;
    });
  }
}

bool can_run(const Configuration& configuration, StrategyKind strategy) {
  if (scenario::refusal_of(strategy, configuration.interpreter)) return false;
  if (strategy == StrategyKind::kAsyncio) {
    const std::vector<model::Step>& task = configuration.batch.task;
    return std::all_of(task.begin(), task.end(), model::can_be_awaited);
  }
  if (model::is_thread_strategy(strategy)) {
    // Of several ways to run threads the one in use, or the usual one.
    return strategy == configuration.strategy || strategy == StrategyKind::kThreads;
  }
  if (!model::is_process_strategy(strategy)) return true;
  const auto& messages = configuration.interpreter.messages;
  const bool is_executor = strategy == StrategyKind::kProcessExecutor;
  if (is_executor && !(messages && messages->executor)) return false;
  if (strategy != configuration.strategy && is_executor) return false;
  return model::start_costs_of(configuration) != nullptr;
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
    if (sequential) workers = {1};
    for (const int count : workers) {
      if ((same && (sequential || count == own)) || count > configuration.batch.tasks) continue;
      changes.add(same ? Change::Kind::kSetting : Change::Kind::kLayout,
                  scenario::batch_label(strategy.kind, count), model::name_of(strategy.kind),
                  [&](Point& point) { set_layout(point, strategy.kind, count); });
    }
  }
}

void add_chunks(Changes& changes, const Configuration& configuration) {
  if (!model::is_process_strategy(configuration.strategy)) return;
  const int now = model::chunk_size_of(configuration);
  for (const int size : {1, 4, 16, 64, 256}) {
    if (size == now || size > configuration.batch.tasks) continue;
    changes.add(Change::Kind::kSetting, "chunk size " + std::to_string(size), "chunk size",
                [&](Point& point) { point.configuration.pool.chunk_size = size; });
  }
}

void add_machines(Changes& changes, const Configuration& configuration) {
  const int more = 2 * configuration.machine.cores;
  changes.add(Change::Kind::kMachine, plural(more, "core"), "cores",
              [&](Point& point) { point.configuration.machine.cores = more; });
  if (configuration.machine.quota) {
    changes.add(Change::Kind::kMachine, "no CPU quota", "quota",
                [](Point& point) { point.configuration.machine.quota.reset(); });
  }
}

}  // namespace

std::vector<Change> changes_of(const Point& point) {
  const Configuration& configuration = point.configuration;
  Changes changes(point);
  if (share_a_lock(configuration)) {
    add_intervals(changes, configuration);
    add_releases(changes, configuration);
    changes.add(Change::Kind::kBuild, "a free-threaded build", "build", [](Point& changed) {
      changed.configuration.lock = model::LockKind::kFreeThreaded;
    });
  }
  if (configuration.is_batch()) {
    add_layouts(changes, configuration);
    add_chunks(changes, configuration);
  } else if (share_a_lock(configuration)) {
    add_separations(changes, configuration);
  }
  add_machines(changes, configuration);
  return changes.take();
}

}  // namespace gilsim::app
