#include "app/what_if.hpp"

#include "app/format.hpp"
#include "app/plot_axis.hpp"
#include "app/what_if_changes.hpp"
#include "models/lock/registry.hpp"

namespace gilsim::app {
namespace {

using model::Configuration;
using scenario::Point;

std::string time_text(sim::Duration time) { return tic_name(time.in_seconds(), "s"); }

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

// Smaller numbers, or a better order of loops: as much computing on half the bytes.
void add_savings_of_memory(Changes& changes, const Configuration& configuration) {
  if (configuration.machine.memory.empty()) return;
  for (std::size_t i = 0; i < configuration.batch.task.size(); ++i) {
    const auto* const native = std::get_if<model::NativeStep>(&configuration.batch.task[i]);
    if (native == nullptr || native->memory <= 0) continue;
    const std::string what = "half the bytes moved in step " + std::to_string(i + 1);
    changes.add(Change::Kind::kCode, what, what, [&](Point& point) {
      std::get<model::NativeStep>(point.configuration.batch.task[i]).memory /= 2;
    });
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

void add_servers(Changes& changes, const Configuration& configuration) {
  for (std::size_t k = 0; k < configuration.devices.size(); ++k) {
    const model::Device& device = configuration.devices[k];
    const std::string name = printable(device.name);
    const std::string what = device.discipline == model::Discipline::kShared
                                 ? "twice the bandwidth of " + name
                                 : plural(2 * device.servers, "server") + " of " + name;
    changes.add(Change::Kind::kMachine, what, "device " + name, [&](Point& point) {
      model::Device& changed = point.configuration.devices[k];
      changed.servers *= 2;
    });
  }
}

void add_machines(Changes& changes, const Configuration& configuration) {
  const int more = 2 * configuration.machine.cores;
  changes.add(Change::Kind::kMachine, plural(more, "core"), "cores",
              [&](Point& point) { point.configuration.machine.cores = more; });
  if (configuration.machine.quota) {
    changes.add(Change::Kind::kMachine, "twice the CPU quota", "quota", [](Point& point) {
      model::QuotaParameters& quota = *point.configuration.machine.quota;
      quota.quota = quota.quota * 2;
    });
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
    add_pool_changes(changes, configuration);
    add_savings_of_memory(changes, configuration);
  } else if (share_a_lock(configuration)) {
    add_separations(changes, configuration);
  }
  add_servers(changes, configuration);
  add_machines(changes, configuration);
  return changes.take();
}

}  // namespace gilsim::app
