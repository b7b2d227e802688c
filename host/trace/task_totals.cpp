#include "host/trace/task_totals.hpp"

#include <algorithm>
#include <map>

namespace gilsim::trace {
namespace {

void add(TaskTotals& totals, const Task& task) {
  if (task.end == 0) {
    ++totals.unfinished;
    return;
  }
  ++totals.tasks;
  totals.times.add(task.end - task.begin);
  for (const Round& round : task.rounds) {
    totals.python += round.python;
    totals.native += round.native;
    totals.wait += round.wait;
  }
  if (!task.argument_bytes || !task.result_bytes) return;
  ++totals.sized;
  totals.argument_bytes += *task.argument_bytes;
  totals.result_bytes += *task.result_bytes;
}

void add(TaskTotals& totals, const CoroutineSteps& steps) {
  totals.tasks += steps.finished;
  totals.steps += steps.steps;
  totals.python += steps.time;
}

std::uint64_t time_of(const TaskTotals& totals) {
  return totals.python + totals.native + totals.wait;
}

}  // namespace

std::vector<TaskTotals> add_up_tasks(const TraceFile& file,
                                     const std::vector<ThreadBursts>& bursts) {
  std::map<std::pair<std::uint64_t, TaskKind>, TaskTotals> by_name;
  for (const ThreadBursts& thread : bursts) {
    for (const Task& task : thread.tasks) add(by_name[{task.name, task.kind}], task);
    for (const auto& [name, steps] : thread.coroutines) {
      add(by_name[{name, TaskKind::kCoroutine}], steps);
    }
  }
  std::vector<TaskTotals> all;
  for (auto& [key, totals] : by_name) {
    const auto name = file.task_names().find(key.first);
    totals.name = name == file.task_names().end() ? "(unknown)" : name->second;
    totals.kind = key.second;
    all.push_back(std::move(totals));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return time_of(a) > time_of(b); });
  return all;
}

}  // namespace gilsim::trace
