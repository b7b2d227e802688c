// Runs a program with the recorder (host/recorder/) loaded into it. Input, output, signals and exit
// code are the program's own: this process only waits, and passes on signals that were sent to it
// alone. Descendants are recorded into the same file until the program itself ends.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/record/trace_header.hpp"
#include "host/trace/format.hpp"

namespace gilsim::host {

struct Recorded {
  int exit_code = 0;  // the program's, or 128 + the signal that ended it
  trace::End end = trace::End::kFinished;
  int end_error = 0;
  std::uint64_t blocks = 0;        // of records; 0: no interpreter lock was seen, the file is gone
  std::uint32_t hooks = 0;         // interpreters in which tasks were marked
  std::uint32_t called_tasks = 0;  // calls of Setup::task_functions
  std::string interpreter;         // Py_GetVersion() of the first interpreter seen, or empty
};

// Throws HostError when the program can't be recorded.
Recorded record(const TraceHeader::Setup& setup);

}  // namespace gilsim::host
