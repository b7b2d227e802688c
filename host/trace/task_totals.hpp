// The tasks of a trace added up, by what they called and what dealt them out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/trace/bursts.hpp"
#include "host/trace/histogram.hpp"

namespace gilsim::trace {

struct TaskTotals {
  std::string name;  // "module:function"; of coroutines the function
  TaskKind kind = TaskKind::kFunction;
  std::uint64_t tasks = 0;
  std::uint64_t steps = 0;  // of coroutines
  std::uint64_t unfinished = 0;
  Histogram times;  // from begin to end; of coroutines none
  std::uint64_t python = 0;
  std::uint64_t native = 0;
  std::uint64_t wait = 0;
  std::uint64_t sized = 0;  // tasks whose sizes were measured
  std::uint64_t argument_bytes = 0;
  std::uint64_t result_bytes = 0;
};

// The one with most time first.
std::vector<TaskTotals> add_up_tasks(const TraceFile& file,
                                     const std::vector<ThreadBursts>& bursts);

}  // namespace gilsim::trace
