// What holds in every trace, however the program was timed.
#pragma once

#include <string>
#include <vector>

#include "host/trace/trace_file.hpp"

namespace gilsim::trace::test {

// Each broken law with the time and the thread: a thread's times never go back; a lock is taken by
// one thread at a time and dropped by the one that has it; a wait belongs to a request; a call that
// ends has begun.
std::vector<std::string> broken_laws(const TraceFile& file);

}  // namespace gilsim::trace::test
