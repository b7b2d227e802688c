// The summary of a trace for people: a table of the locks, a table of the threads.
#pragma once

#include <string>

#include "host/trace/summary.hpp"

namespace gilsim::app {

// At most `max_threads` threads, those that had most to do with a lock.
std::string trace_text(const trace::TraceFile& file, const trace::Summary& summary,
                       std::size_t max_threads);

}  // namespace gilsim::app
