// The summary of a trace for people: tables of the locks, the tasks and the threads.
#pragma once

#include <string>

#include "host/trace/summary.hpp"
#include "host/trace/task_totals.hpp"

namespace gilsim::app {

// At most `max_threads` threads, those that had most to do with a lock.
std::string trace_text(const trace::TraceFile& file, const trace::Summary& summary,
                       const std::vector<trace::TaskTotals>& tasks, std::size_t max_threads);

}  // namespace gilsim::app
