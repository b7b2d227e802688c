#include "app/trace_study.hpp"

#include <algorithm>
#include <filesystem>

#include "app/errors.hpp"
#include "app/host_choice.hpp"
#include "app/trace_scenario.hpp"
#include "scenario/read.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

bool is_of_tasks(const TraceScenarioChoice& choice, const std::vector<trace::TaskTotals>& tasks) {
  const bool by_itself = has_batch(tasks) || choice.task.has_value();
  const std::string of = choice.of.value_or(by_itself ? "tasks" : "threads");
  if (of != "tasks" && of != "threads") {
    throw UsageError("--of knows no '" + of + "'",
                     scenario::suggestion(of, {"tasks", "threads"}, "kinds"));
  }
  if (of == "threads" && choice.task) {
    throw UsageError("--task chooses the tasks of a scenario of tasks", "leave --of threads out");
  }
  return of == "tasks";
}

}  // namespace

std::vector<trace::TaskTotals> tasks_in(const trace::TraceFile& file) {
  if (file.task_names().empty()) return {};
  return trace::add_up_tasks(file, trace::find_bursts(file, {}));
}

bool has_batch(const std::vector<trace::TaskTotals>& tasks) {
  return std::any_of(tasks.begin(), tasks.end(), [](const auto& one) {
    return one.kind != trace::TaskKind::kCoroutine && one.tasks > 0;
  });
}

std::string scenario_text(const trace::TraceFile& file, const trace::Summary& summary,
                          const std::vector<trace::TaskTotals>& tasks,
                          const TraceScenarioChoice& choice, const std::string& path) {
  const bool of_tasks = is_of_tasks(choice, tasks);
  const bool is_calibrated = std::filesystem::exists(user_profile_path());
  TraceScenarioOptions options;
  options.host = choice.host.value_or(is_calibrated ? "this" : "default");
  options.replay = choice.replay;
  const model::HostProfile profile =
      scenario::read_host_profile(find_host_profile(options.host, path));
  return of_tasks ? task_scenario(file, summary, tasks, profile, options, choice.task)
                  : trace_scenario(file, summary, profile, options);
}

}  // namespace gilsim::app
