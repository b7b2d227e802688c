#include <algorithm>

#include "app/errors.hpp"
#include "app/format.hpp"
#include "app/task_steps.hpp"
#include "app/trace_interpreter.hpp"
#include "app/trace_names.hpp"
#include "app/trace_scenario.hpp"
#include "scenario/emit_yaml.hpp"
#include "scenario/suggest.hpp"
#include "scenario/write_value.hpp"

namespace gilsim::app {
namespace {

using scenario::Node;

constexpr std::size_t kMaxRecorded = 1000;  // tasks whose own times are in the scenario
constexpr std::size_t kFewTasks = 64;       // drawn, they would not add up to what they were

const trace::TaskTotals& chosen(const std::vector<trace::TaskTotals>& totals,
                                const std::optional<std::string>& name) {
  std::vector<std::string> names;
  for (const trace::TaskTotals& one : totals) {
    const bool is_batch = one.kind != trace::TaskKind::kCoroutine && one.tasks > 0;
    if (is_batch && (!name || one.name == *name)) return one;
    if (is_batch) names.push_back(one.name);
  }
  if (names.empty()) {
    throw UsageError("the recording has no tasks that can be dealt out",
                     "name the function that makes one: gilsim record --task module:function");
  }
  throw UsageError("no tasks of '" + *name + "' were recorded",
                   scenario::suggestion(*name, names, "tasks"));
}

// Each in its own thread, in the order in which they began.
std::vector<SeenTask> tasks_of(const trace::TraceFile& file, const trace::Summary& summary,
                               const std::vector<trace::ThreadBursts>& bursts,
                               const trace::TaskTotals& which) {
  std::vector<SeenTask> tasks;
  for (std::size_t thread = 0; thread < bursts.size(); ++thread) {
    for (const trace::Task& task : bursts[thread].tasks) {
      const auto name = file.task_names().find(task.name);
      const bool is_wanted = task.kind == which.kind && task.end != 0 &&
                             name != file.task_names().end() && name->second == which.name;
      if (is_wanted) tasks.push_back({&task, &summary.threads[thread]});
    }
  }
  std::stable_sort(tasks.begin(), tasks.end(), [](const SeenTask& a, const SeenTask& b) {
    return a.task->begin < b.task->begin;
  });
  return tasks;
}

std::vector<SeenTask> thinned_out(const std::vector<SeenTask>& tasks) {
  if (tasks.size() <= kMaxRecorded) return tasks;
  std::vector<SeenTask> kept;
  for (std::size_t part = 0; part < kMaxRecorded; ++part) {
    kept.push_back(tasks[part * tasks.size() / kMaxRecorded]);
  }
  return kept;
}

std::string time_text(std::uint64_t nanoseconds) {
  return human_time(static_cast<double>(nanoseconds));
}

std::string notes(const trace::TraceFile& file, const std::vector<SeenTask>& tasks,
                  const trace::TaskTotals& totals) {
  std::uint64_t inside = 0;
  for (const SeenTask& one : tasks) inside += one.task->end - one.task->begin;
  std::string text = "# Recorded: " + command_text(file.command()) + "\n#   " +
                     plural(static_cast<long long>(tasks.size()), "task") + " " +
                     printable(totals.name) + " (" + task_kind_text(totals.kind) +
                     "): " + time_text(inside) + " in them, " + time_text(totals.python) +
                     " of it bytecode, " + time_text(totals.native) + " native, " +
                     time_text(totals.wait) + " blocked\n";
  if (totals.sized > 0) {
    text += "#   pickled, on average: arguments " +
            std::to_string(totals.argument_bytes / totals.sized) + " bytes, result " +
            std::to_string(totals.result_bytes / totals.sized) + " bytes; not in the steps below\n";
  }
  const trace::Header& header = file.header();
  if (header.finished > header.started + inside && totals.kind == trace::TaskKind::kFunction) {
    text += "#   " + time_text(header.finished - header.started - inside) +
            " of the program were outside of them: not in the batch\n";
  }
  return text +
         "# Tasks are taken as independent of each other. Native code that holds the lock looks "
         "like\n# bytecode; what tasks share (files, devices, memory bandwidth) was not seen.\n";
}

Node list_of(const std::vector<std::string>& words) {
  Node list = Node::list();
  for (const std::string& word : words) list.items.push_back(Node::scalar(word));
  return list;
}

}  // namespace

std::string task_scenario(const trace::TraceFile& file, const trace::Summary& summary,
                          const std::vector<trace::TaskTotals>& totals,
                          const model::HostProfile& profile, const TraceScenarioOptions& options,
                          const std::optional<std::string>& name) {
  const trace::TaskTotals& which = chosen(totals, name);
  const std::vector<trace::ThreadBursts> bursts = trace::find_bursts(file, {});
  const std::vector<SeenTask> tasks = tasks_of(file, summary, bursts, which);
  const std::string version = minor_version(file.images()[tasks.front().thread->image].interpreter);
  const TraceProgram program(profile, parameters_of(profile, version), options.replay);
  const bool replay = options.replay || tasks.size() <= kFewTasks;

  Node workload = Node::mapping();
  workload.put("tasks", Node::scalar(std::to_string(tasks.size())));
  workload.put("task", scenario::write_value(task_steps(thinned_out(tasks), program, replay)));
  Node interpreter = Node::mapping();
  interpreter.put("version", Node::scalar(version, true));
  if (const auto interval = interval_seen(bursts, profile)) {
    interpreter.put("switch_interval", scenario::write_value(*interval));
  }
  Node root = Node::mapping();
  root.put("question", Node::scalar("What would pools of threads or processes gain here?"));
  root.put("host", Node::scalar(options.host));
  if (file.header().cores > 0) {
    Node machine = Node::mapping();
    machine.put("cores", Node::scalar(std::to_string(file.header().cores)));
    root.put("machine", std::move(machine));
  }
  root.put("interpreter", std::move(interpreter));
  root.put("workload", std::move(workload));
  root.put("strategies", list_of({"sequential", "threads", "processes"}));
  root.put("workers", list_of({"2", "4", "8"}));
  return notes(file, tasks, which) + scenario::emit_yaml(root);
}

}  // namespace gilsim::app
