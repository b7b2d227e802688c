#include <algorithm>

#include "models/lock/registry.hpp"
#include "models/program/interpreter_version.hpp"
#include "scenario/check_pools.hpp"
#include "scenario/labels.hpp"
#include "scenario/read.hpp"
#include "scenario/scaled_task.hpp"
#include "scenario/stages.hpp"
#include "scenario/strategy_support.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::scenario {
namespace {

using model::Configuration;
using model::InterpreterParameters;
using model::StrategyKind;

std::string written_version(const InterpreterParameters& interpreter) {
  return model::written_version(interpreter.version, interpreter.free_threaded);
}

Place place_or_file(const Place& place, const std::string& path) {
  return place.file.empty() ? Place{path, 0, 0, ""} : place;
}

class Expansion {
 public:
  Expansion(const Scenario& scenario, const model::HostProfile& profile, const std::string& path)
      : scenario_(scenario), profile_(profile), path_(path) {}

  std::vector<Point> run() {
    const std::vector<const InterpreterParameters*> interpreters = chosen_interpreters();
    check_pools(scenario_, profile_, interpreters,
                [this](const Place& place, std::string message, std::string hint) {
                  fail(place, std::move(message), std::move(hint));
                });
    check_strategies(interpreters);
    check_event_loops(interpreters);
    check_isolation(interpreters);
    check_memory();
    check_shared(interpreters);
    if (!errors_.empty()) throw ScenarioError(errors_);
    std::vector<int> cores = scenario_.machine.cores.values;
    if (cores.empty()) cores = {profile_.machine.cores};
    std::vector<sim::Duration> intervals = scenario_.interpreter.switch_interval.values;
    if (intervals.empty()) intervals = {Configuration().switch_interval};
    std::vector<std::optional<model::LockKind>> locks(scenario_.interpreter.lock.values.begin(),
                                                      scenario_.interpreter.lock.values.end());
    if (locks.empty()) locks = {std::nullopt};
    for (const int core_count : cores) {
      for (const InterpreterParameters* interpreter : interpreters) {
        for (const sim::Duration interval : intervals) {
          for (const std::optional<model::LockKind> lock : locks) {
            add_points(base(core_count, *interpreter, interval, lock));
          }
        }
      }
    }
    return std::move(points_);
  }

 private:
  void fail(const Place& place, std::string message, std::string hint) {
    errors_.push_back(
        diagnostic_at(place_or_file(place, path_), std::move(message), std::move(hint)));
  }

  const InterpreterParameters* find_interpreter(const std::string& version) const {
    for (const InterpreterParameters& interpreter : profile_.interpreters) {
      if (model::is_version(written_version(interpreter), version)) return &interpreter;
    }
    return nullptr;
  }

  std::vector<const InterpreterParameters*> chosen_interpreters() {
    const std::vector<std::string>& wanted = scenario_.interpreter.version.values;
    std::vector<const InterpreterParameters*> chosen;
    std::vector<std::string> versions;
    for (const auto& interpreter : profile_.interpreters) {
      versions.push_back(written_version(interpreter));
    }
    if (versions.empty()) fail({}, "the host profile has no interpreters", "calibrate the host");
    if (wanted.empty() && !versions.empty()) chosen.push_back(&profile_.interpreters.front());
    for (std::size_t i = 0; i < wanted.size() && !versions.empty(); ++i) {
      const Place place =
          i < scenario_.places.versions.size() ? scenario_.places.versions[i] : Place{};
      const InterpreterParameters* found = find_interpreter(wanted[i]);
      if (found == nullptr) {
        fail(
            place, "the host profile has no interpreter '" + wanted[i] + "'",
            "it has " + join(versions) + "; choose one of them or calibrate with that interpreter");
      } else if (std::find(chosen.begin(), chosen.end(), found) != chosen.end()) {
        fail(place, "'" + wanted[i] + "' is interpreter " + written_version(*found) + " once more",
             "keep one of them");
      }
      chosen.push_back(found);
    }
    return chosen;
  }

  void check_strategies(const std::vector<const InterpreterParameters*>& interpreters) {
    for (std::size_t i = 0; i < scenario_.strategies.size(); ++i) {
      const Place place =
          i < scenario_.places.strategies.size() ? scenario_.places.strategies[i] : Place{};
      for (const InterpreterParameters* interpreter : interpreters) {
        if (interpreter == nullptr) continue;
        if (const auto refusal = refusal_of(scenario_.strategies[i], *interpreter)) {
          fail(place, refusal->message, refusal->hint);
        }
      }
    }
  }

  void check_event_loops(const std::vector<const InterpreterParameters*>& interpreters) {
    const bool any = std::any_of(scenario_.threads.begin(), scenario_.threads.end(),
                                 [](const auto& thread) { return thread.second.coroutines; });
    for (const InterpreterParameters* interpreter : interpreters) {
      if (!any || interpreter == nullptr) continue;
      if (const auto refusal = refusal_of(StrategyKind::kAsyncio, *interpreter)) {
        fail(scenario_.places.coroutines, refusal->message, refusal->hint);
      }
    }
  }

  // Versions whose interpreters all share one lock.
  void check_isolation(const std::vector<const InterpreterParameters*>& interpreters) {
    const bool several =
        std::any_of(scenario_.threads.begin(), scenario_.threads.end(),
                    [](const auto& thread) { return thread.second.interpreter.has_value(); });
    if (!several || !scenario_.interpreter.isolated) return;
    if (!scenario_.interpreter.lock.values.empty()) return;  // what if
    for (const InterpreterParameters* interpreter : interpreters) {
      if (interpreter == nullptr || model::may_have_isolated_interpreters(*interpreter)) continue;
      fail({},
           "interpreter " + written_version(*interpreter) +
               " has one lock for all its "
               "sub-interpreters",
           "set interpreter.isolated: false, or choose 3.12 or later");
    }
  }

  bool any_step(bool (*holds)(const model::Step&)) const {
    const auto any_of = [holds](const std::vector<model::Step>& steps) {
      return std::any_of(steps.begin(), steps.end(), holds);
    };
    return (scenario_.workload && any_of(scenario_.workload->task)) ||
           std::any_of(scenario_.stages.begin(), scenario_.stages.end(),
                       [&](const auto& stage) { return any_of(stage.second.task); }) ||
           std::any_of(scenario_.threads.begin(), scenario_.threads.end(),
                       [&](const auto& thread) { return any_of(thread.second.program); });
  }

  void check_shared(const std::vector<const InterpreterParameters*>& interpreters) {
    if (!any_step(model::shares_an_object)) return;
    for (const InterpreterParameters* interpreter : interpreters) {
      if (interpreter == nullptr || interpreter->shared) continue;
      fail(scenario_.places.shares,
           "the host profile does not say what sharing an object costs on interpreter " +
               written_version(*interpreter),
           "calibrate the host anew, or leave out 'shares'");
    }
  }

  // Nothing says how much memory gives to those who share it.
  void check_memory() {
    if (!scenario_.machine.memory.empty() || !profile_.machine.memory.empty()) return;
    if (!any_step(model::moves_memory)) return;
    fail(scenario_.places.memory,
         "'memory' has no meaning on a machine whose bandwidth nothing states",
         "state it, as machine: {memory: [{threads: 1, bandwidth: 9}, {threads: 4, bandwidth: "
         "30}]}, or leave out 'memory'");
  }

  Configuration base(int cores, const InterpreterParameters& interpreter, sim::Duration interval,
                     std::optional<model::LockKind> lock) const {
    Configuration configuration;
    configuration.machine = profile_.machine;
    configuration.machine.cores = cores;
    override_machine(configuration.machine);
    configuration.interpreter = interpreter;
    configuration.switch_interval = interval;
    configuration.lock = lock;
    for (const auto& [name, device] : scenario_.devices) {
      configuration.devices.push_back({name, device.servers, device.discipline});
    }
    const InterpreterChoice& choice = scenario_.interpreter;
    configuration.isolated = choice.isolated;
    configuration.free_threading_tax =
        choice.free_threading_tax.value_or(configuration.free_threading_tax);
    if (choice.collections) {
      configuration.collections = {choice.collections->every, choice.collections->pause};
    }
    return configuration;
  }

  void override_machine(model::MachineParameters& machine) const {
    const MachineChoice& choice = scenario_.machine;
    machine.threads_per_core = choice.threads_per_core.value_or(machine.threads_per_core);
    machine.smt_speed = choice.smt_speed.value_or(machine.smt_speed);
    machine.scheduler = choice.scheduler.value_or(machine.scheduler);
    machine.cfs = choice.cfs.value_or(machine.cfs);
    if (!choice.memory.empty()) machine.memory = choice.memory;
    if (choice.quota) machine.quota = choice.quota;
    if (choice.background) machine.background = choice.background;
  }

  void add_points(Configuration configuration) {
    if (scenario_.is_batch()) {
      add_batch_points(std::move(configuration));
    } else {
      add_thread_points(std::move(configuration));
    }
  }

  static model::Payload payload_of(const BatchEntry& entry) {
    return {entry.argument.value_or(model::ByteCount{}), entry.result.value_or(model::ByteCount{}),
            entry.via.value_or(model::PayloadVia::kPickle)};
  }

  void set_workload(Configuration& configuration, const BatchEntry& entry) const {
    configuration.batch = {entry.tasks, scaled_task(entry), entry.handle, payload_of(entry),
                           entry.heap.value_or(model::ByteCount{})};
    const PoolChoice& pool = scenario_.pool;
    const auto chunk_size = pool.chunk_size ? pool.chunk_size : entry.chunk_size;
    configuration.pool = {pool.pattern, chunk_size.value_or(0),
                          pool.max_tasks_per_child.value_or(0)};
  }

  void add_batch_points(Configuration configuration) {
    if (scenario_.workload) {
      set_workload(configuration, *scenario_.workload);
    } else {
      configuration.batch = batch_of_stages(scenario_);
    }
    configuration.start_method = start_method_of(scenario_, profile_, configuration.interpreter);
    configuration.threads_each = scenario_.threads_each.value_or(1);
    model::number_shared_objects(configuration);
    model::number_devices(configuration);
    for (const StrategyKind strategy : scenario_.strategies) {
      const std::vector<int> workers =
          model::has_workers(strategy) ? scenario_.workers : std::vector<int>{1};
      for (const int count : workers) {
        configuration.strategy = strategy;
        configuration.workers = count;
        points_.push_back({model::name_of(strategy), count,
                           written_version(configuration.interpreter), configuration});
      }
    }
  }

  void add_thread_points(Configuration configuration) {
    configuration.duration = scenario_.duration;
    for (const std::vector<std::string>& group : groups_of(scenario_)) {
      configuration.threads.clear();
      for (const std::string& name : group) {
        for (const auto& [thread, entry] : scenario_.threads) {
          if (thread != name) continue;
          configuration.threads.push_back({name, entry.program, entry.interpreter.value_or(""), 1,
                                           entry.coroutines.value_or(0)});
        }
      }
      model::number_shared_objects(configuration);
      model::number_devices(configuration);
      points_.push_back({group_label(group), static_cast<int>(group.size()),
                         written_version(configuration.interpreter), configuration});
    }
  }

  const Scenario& scenario_;
  const model::HostProfile& profile_;
  const std::string& path_;
  std::vector<Diagnostic> errors_;
  std::vector<Point> points_;
};

}  // namespace

std::vector<Point> expand(const Scenario& scenario, const model::HostProfile& profile,
                          const std::string& path) {
  return Expansion(scenario, profile, path).run();
}

}  // namespace gilsim::scenario
