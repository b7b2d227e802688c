// A recording as a scenario, by what a command line chose of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/trace/summary.hpp"
#include "host/trace/task_totals.hpp"

namespace gilsim::app {

struct TraceScenarioChoice {
  std::optional<std::string> host{};  // absent: `this` where it is calibrated, else `default`
  std::optional<std::string> of{};    // "tasks" or "threads"; absent: tasks where there are any
  std::optional<std::string> task{};  // absent: those with most time
  bool replay = false;
};

// Empty where no tasks were marked: looking for them takes a second pass over all records.
std::vector<trace::TaskTotals> tasks_in(const trace::TraceFile& file);

// Of tasks that can be dealt out; coroutines can't.
bool has_batch(const std::vector<trace::TaskTotals>& tasks);

// `path`: of the trace, beside which a profile may lie. Throws UsageError.
std::string scenario_text(const trace::TraceFile& file, const trace::Summary& summary,
                          const std::vector<trace::TaskTotals>& tasks,
                          const TraceScenarioChoice& choice, const std::string& path);

}  // namespace gilsim::app
