// The summary of a trace as JSON, schema 1: times are integers in nanoseconds.
#pragma once

#include <string>

#include "host/trace/summary.hpp"
#include "host/trace/task_totals.hpp"

namespace gilsim::app {

std::string trace_json(const trace::TraceFile& file, const trace::Summary& summary,
                       const std::vector<trace::TaskTotals>& tasks);

}  // namespace gilsim::app
