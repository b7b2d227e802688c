// How often a lock went from one thread to another within a part of a recording.
#pragma once

#include <cstdint>

#include "host/trace/trace_file.hpp"

namespace gilsim::trace {

// Takes by another thread than the one before, of the lock of the first program's main interpreter,
// in [from, to) on CLOCK_MONOTONIC. The first take of all hands nothing over.
std::uint64_t handovers_between(const TraceFile& file, std::uint64_t from, std::uint64_t to);

}  // namespace gilsim::trace
