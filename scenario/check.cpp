#include "scenario/check.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "scenario/labels.hpp"
#include "scenario/metrics.hpp"
#include "scenario/programs.hpp"
#include "scenario/read.hpp"
#include "scenario/scaled_task.hpp"
#include "scenario/stages.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::scenario {
namespace {

void refuse_beside(const Node& root, const char* key, const char* other, Problems& problems) {
  if (const Entry* entry = root.find_entry(key)) {
    problems.add(entry->mark, std::string("'") + key + "' has no meaning beside '" + other + "'",
                 "remove it");
  }
}

void check_thread_names(const Node& threads, Problems& problems) {
  for (const Entry& entry : threads.entries) {
    const bool is_plain = std::all_of(entry.key.begin(), entry.key.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '-';
    });
    if (is_plain && !entry.key.empty()) continue;
    problems.add(entry.mark, "'" + entry.key + "' can't name a thread",
                 "use letters, digits, '_' and '-'; labels join names by '+' and metrics by '.'");
  }
}

void check_together(const Node& together, const Node& threads, Problems& problems) {
  const std::vector<std::string> names = threads.keys();
  std::set<std::set<std::string>> seen;
  for (const Node& group : together.items) {
    std::set<std::string> members;
    for (const Node& name : group.items) {
      members.insert(name.text);
      if (!name.is_scalar() || threads.find(name.text) != nullptr) continue;
      problems.add(name.mark, "no thread is named '" + name.text + "'",
                   suggestion(name.text, names, "threads"));
    }
    if (!members.empty() && !seen.insert(members).second) {
      problems.add(group.mark, "the same threads run together twice", "keep one of the two lists");
    }
  }
}

struct ExpectedLabel {
  std::string label;
  std::vector<std::string> metrics;
};

std::vector<ExpectedLabel> labels_of(const Scenario& scenario) {
  std::vector<ExpectedLabel> labels;
  if (!scenario.is_batch()) {
    for (const auto& group : groups_of(scenario)) {
      labels.push_back({group_label(group), thread_metrics(group)});
    }
    return labels;
  }
  for (const model::StrategyKind strategy : scenario.strategies) {
    for (const int workers : scenario.workers) {
      labels.push_back({batch_label(strategy, workers), batch_metrics()});
      if (!model::has_workers(strategy)) break;
    }
  }
  return labels;
}

void check_range(const Entry& metric, const Range& range, Problems& problems) {
  if (!range.min && !range.max) {
    problems.add(metric.mark, "'" + metric.key + "' needs min, max or both");
  } else if (range.min && range.max && *range.min > *range.max) {
    problems.add(metric.value.owner, "'" + metric.key + "' needs min <= max");
  }
}

void check_expect(const Node& expect, const Scenario& scenario, Problems& problems) {
  const std::vector<ExpectedLabel> labels = labels_of(scenario);
  std::vector<std::string> names;
  for (const ExpectedLabel& label : labels) names.push_back(label.label);
  for (std::size_t i = 0; i < expect.entries.size(); ++i) {
    const Entry& entry = expect.entries[i];
    const auto found = std::find(names.begin(), names.end(), entry.key);
    if (found == names.end()) {
      problems.add(entry.mark, "no point of this scenario is labelled '" + entry.key + "'",
                   suggestion(entry.key, names, "labels"));
      continue;
    }
    const std::vector<std::string>& metrics =
        labels[static_cast<std::size_t>(found - names.begin())].metrics;
    for (std::size_t j = 0; j < entry.value.entries.size(); ++j) {
      const Entry& metric = entry.value.entries[j];
      if (std::find(metrics.begin(), metrics.end(), metric.key) == metrics.end()) {
        problems.add(metric.mark, "unknown metric '" + metric.key + "'",
                     suggestion(metric.key, metrics, "metrics"));
      }
      check_range(metric, scenario.expect[i].second[j].second, problems);
    }
  }
}

// Nanoseconds of one step, roughly: loops at a slow interpreter's rate.
double rough_time(const model::Step& step) {
  constexpr double nanoseconds_of_a_loop = 100;
  if (const auto* python = std::get_if<model::PythonStep>(&step); python && python->loops) {
    return static_cast<double>(*python->loops) * nanoseconds_of_a_loop;
  }
  return std::visit(
      [](const auto& any) { return static_cast<double>(model::mean_of(any.time).count()); }, step);
}

constexpr double kLongestInAll = 1e17;
constexpr const char* kTooLong = "the tasks would take more than three years in all";
constexpr const char* kShorter = "fewer tasks, or shorter ones";

void refuse_since_round(const Program& program, const std::string& why, const std::string& hint,
                        Problems& problems) {
  for (std::size_t i = 0; i < program.steps->size(); ++i) {
    if (!model::counts_since_round((*program.steps)[i])) continue;
    const Node& since = *program.list->items[i].find("wait")->find("since");
    problems.add(since.mark, "'since: round' " + why, hint);
  }
}

// A round is what a named thread repeats, and a timer of the thread's own ends the wait.
void check_rounds(const Node& root, const Scenario& scenario, Problems& problems) {
  std::vector<Program> programs = programs_of(root, scenario);
  if (scenario.workload && !scenario.workload->handle.empty()) {
    programs.push_back({root.find("workload")->find("handle"), &scenario.workload->handle});
  }
  for (const Program& program : programs) {
    if (scenario.threads.empty()) {
      refuse_since_round(program, "has a meaning only in the programs of named 'threads'",
                         "remove it, or describe threads instead of a batch", problems);
      continue;
    }
    for (std::size_t i = 0; i < program.steps->size(); ++i) {
      const auto* const wait = std::get_if<model::WaitStep>(&(*program.steps)[i]);
      if (wait == nullptr || wait->since == model::WaitSince::kHere ||
          wait->via == model::WaitVia::kSleep) {
        continue;
      }
      const Node& via = *program.list->items[i].find("wait")->find("via");
      problems.add(via.mark, "with 'since: round' nothing is asked of anybody",
                   "remove via, or since: the time then counts from where it is asked");
    }
  }
  for (const auto& [name, thread] : scenario.threads) {
    if (!thread.coroutines) continue;
    refuse_since_round({root.find("threads")->find(name)->find("program"), &thread.program},
                       "is not known to an event loop's coroutines",
                       "remove it, or coroutines: the thread then waits itself", problems);
  }
}

void check_total(const Node& workload, const BatchEntry& batch, Problems& problems) {
  double total = 0;
  for (const model::Step& step : scaled_task(batch)) total += rough_time(step);
  for (const model::Step& step : batch.handle) total += rough_time(step);
  if (total * batch.tasks > kLongestInAll) problems.add(workload.owner, kTooLong, kShorter);
}

void check_scales(const Node& workload, const BatchEntry& batch, Problems& problems) {
  for (const char* const key : {"task_time", "waiting"}) {
    const Entry* const entry = workload.find_entry(key);
    if (entry == nullptr) continue;
    const std::string complaint = why_not_scaled(batch, key);
    if (!complaint.empty()) {
      problems.add(entry->mark, std::string("'") + key + "' cannot be met: " + complaint,
                   "give 'task' a bytecode or native step and a wait whose times are durations");
    }
  }
}

// `machine` is the mapping, or nullptr.
void check_memory(const Node* machine, const std::vector<model::MemoryBandwidth>& curve,
                  Problems& problems) {
  for (std::size_t i = 1; i < curve.size(); ++i) {
    if (curve[i - 1].threads < curve[i].threads) continue;
    problems.add(machine->find("memory")->items[i].find("threads")->mark,
                 "the threads of 'memory' must rise",
                 "this one comes after " + std::to_string(curve[i - 1].threads));
  }
}

void check_awaits(const Node& steps, const std::vector<model::Step>& program,
                  const std::string& without, Problems& problems) {
  for (std::size_t i = 0; i < program.size(); ++i) {
    if (model::can_be_awaited(program[i])) continue;
    problems.add(steps.items[i].find("wait")->find("via")->mark,
                 "asyncio has no way to await such a wait",
                 "use `via: socket`, add `to_thread: true`, or leave out " + without);
  }
}

void check_threads_each(const Node& root, const Scenario& scenario, Problems& problems) {
  const auto& strategies = scenario.strategies;
  const bool hybrid = std::find(strategies.begin(), strategies.end(),
                                model::StrategyKind::kHybrid) != strategies.end();
  const Entry* const each = root.find_entry("threads_each");
  if (hybrid && each == nullptr) {
    problems.add(root.find_entry("strategies")->mark,
                 "the strategy 'hybrid' needs to know how many threads each process has",
                 "add threads_each: 4, or leave the strategy out");
  } else if (each != nullptr && !hybrid) {
    problems.add(each->mark, "'threads_each' has no meaning without the strategy 'hybrid'",
                 "remove it, or add 'hybrid' to the strategies");
  }
}

void check_awaits(const Node& root, const Scenario& scenario, Problems& problems) {
  for (const auto& [name, thread] : scenario.threads) {
    if (!thread.coroutines) continue;
    check_awaits(*root.find("threads")->find(name)->find("program"), thread.program, "'coroutines'",
                 problems);
  }
  const auto& strategies = scenario.strategies;
  if (std::find(strategies.begin(), strategies.end(), model::StrategyKind::kAsyncio) ==
      strategies.end()) {
    return;
  }
  for (const Program& program : programs_of(root, scenario)) {
    check_awaits(*program.list, *program.steps, "the strategy 'asyncio'", problems);
  }
}

// A device serves what is asked of it: a request that is answered, not a sleep.
void check_devices(const Node& root, const Scenario& scenario, Problems& problems) {
  std::vector<std::string> names;
  for (const auto& [name, device] : scenario.devices) names.push_back(name);
  for (const Program& program : programs_of(root, scenario)) {
    for (std::size_t i = 0; i < program.steps->size(); ++i) {
      if (!model::uses_a_device((*program.steps)[i])) continue;
      const auto& wait = std::get<model::WaitStep>((*program.steps)[i]);
      const Node& device = *program.list->items[i].find("wait")->find("device");
      if (std::find(names.begin(), names.end(), wait.device) == names.end()) {
        problems.add(device.mark, "no device is named '" + wait.device + "'",
                     names.empty() ? "add devices: {" + wait.device + ": {servers: 4}}"
                                   : suggestion(wait.device, names, "devices"));
      } else if (wait.via == model::WaitVia::kSleep) {
        problems.add(device.mark, "a device answers requests, and a sleep is none",
                     "add via: socket, udp, pipe or file");
      }
    }
  }
}

void check_total(const Scenario& scenario, const Node& stages, Problems& problems) {
  double total = 0;
  for (const auto& [name, stage] : scenario.stages) {
    for (const model::Step& step : stage.task) total += rough_time(step) * stage.tasks;
  }
  if (total > kLongestInAll) problems.add(stages.owner, kTooLong, kShorter);
}

}  // namespace

void check_beside_stages(const Node& root, const Entry& stages, Problems& problems) {
  for (const char* key : {"workload", "threads", "together", "duration", "pool", "threads_each"}) {
    refuse_beside(root, key, "stages", problems);
  }
  if (stages.value.is_mapping() && stages.value.entries.empty()) {
    problems.add(stages.mark, "'stages' has none", "stages: {first: {task: [python: 1ms]}}");
  }
  if (root.find("strategies") == nullptr) {
    problems.add(stages.mark, "'stages' need 'strategies'",
                 "strategies: [sequential, threads, processes]");
  }
}

void check_structure(const Node& root, Problems& problems) {
  const Entry* workload = root.find_entry("workload");
  const Entry* threads = root.find_entry("threads");
  const Entry* stages = root.find_entry("stages");
  if (stages != nullptr) return check_beside_stages(root, *stages, problems);
  if (workload != nullptr && threads != nullptr) {
    const bool threads_last = !workload->mark.is_in_override() || threads->mark.is_in_override();
    problems.add((threads_last ? threads : workload)->mark,
                 "a scenario has either a 'workload' or 'threads', not both", "remove one of them");
  } else if (workload == nullptr && threads == nullptr) {
    problems.add(root.owner, "neither 'workload' nor 'threads'",
                 "workload: a batch of equal tasks; stages: tasks that wait for others; threads: "
                 "explicit threads by name");
  } else if (workload != nullptr) {
    for (const char* key : {"together", "duration"}) refuse_beside(root, key, "workload", problems);
    if (root.find("strategies") == nullptr) {
      problems.add(workload->mark, "a 'workload' needs 'strategies'",
                   "strategies: [sequential, threads, processes]");
    }
  } else {
    for (const char* key : {"strategies", "workers", "start_method", "pool", "threads_each"}) {
      refuse_beside(root, key, "threads", problems);
    }
    check_thread_names(threads->value, problems);
    const Node* together = root.find("together");
    if (together != nullptr) check_together(*together, threads->value, problems);
  }
}

void check_scenario(const Node& root, const Scenario& scenario, Problems& problems) {
  if (scenario.question.find_first_not_of(" \t\n") == std::string::npos) {
    problems.add(root.find("question")->mark, "'question' is empty",
                 "say what the scenario answers");
  }
  if (scenario.workload && scenario.workload->chunk_size && scenario.pool.chunk_size) {
    problems.add(root.find("pool")->find_entry("chunk_size")->mark,
                 "'chunk_size' is there twice, in 'workload' and in 'pool'", "keep one of them");
  }
  if (scenario.workload) {
    check_scales(*root.find("workload"), *scenario.workload, problems);
    check_total(*root.find("workload"), *scenario.workload, problems);
  }
  if (const Node* stages = root.find("stages")) {
    check_stages(root, scenario, problems);
    check_total(scenario, *stages, problems);
  }
  check_devices(root, scenario, problems);
  check_awaits(root, scenario, problems);
  check_rounds(root, scenario, problems);
  check_threads_each(root, scenario, problems);
  check_memory(root.find("machine"), scenario.machine.memory, problems);
  if (const Node* expect = root.find("expect")) check_expect(*expect, scenario, problems);
}

namespace {

void check_curve(const Node& machine, const char* key, const model::WakeCurve& curve,
                 Problems& problems) {
  const Node* list = machine.find(key);
  if (list == nullptr) return;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    if (curve[i - 1].idle < curve[i].idle) continue;
    problems.add(list->items[i].find("idle")->mark,
                 std::string("the idle times of '") + key + "' must rise",
                 "this one comes after " + format_duration(curve[i - 1].idle));
  }
}

}  // namespace

void check_host_profile(const Node& root, const model::HostProfile& profile, Problems& problems) {
  const Node& machine = *root.find("machine");
  check_curve(machine, "timer_wake", profile.machine.timer_wake, problems);
  check_curve(machine, "futex_wake", profile.machine.futex_wake, problems);
  check_memory(&machine, profile.machine.memory, problems);
  const std::vector<Node>& nodes = root.find("interpreters")->items;
  std::set<std::string> versions;
  for (std::size_t i = 0; i < profile.interpreters.size(); ++i) {
    const std::string& version = profile.interpreters[i].version;
    const std::string kind = profile.interpreters[i].implementation +
                             (profile.interpreters[i].free_threaded ? " free-threaded" : "");
    if (version.empty()) {
      problems.add(nodes[i].find("version")->mark, "'version' is empty");
    } else if (!versions.insert(kind + " " + version).second) {
      problems.add(nodes[i].find("version")->mark, "interpreter " + version + " is there twice",
                   "keep one of them");
    }
  }
}

}  // namespace gilsim::scenario
