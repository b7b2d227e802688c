// What the reports call the parts of a trace.
#pragma once

#include <string>
#include <vector>

#include "host/trace/summary.hpp"

namespace gilsim::app {

const std::vector<std::string>& call_names();  // in the order of trace::Call
std::string task_kind_text(trace::TaskKind kind);

// "main", and "1", "2", ... for the others of a process in the order in which they began.
std::vector<std::string> thread_names(const trace::Summary& summary);

std::string command_text(const std::vector<std::string>& words);
// "3.11.2" of Py_GetVersion(), with a "t" behind it for a free-threaded build.
std::string version_text(const std::string& interpreter);
std::string end_text(trace::End end);

}  // namespace gilsim::app
