// What each thread did, as steps: bytecode until it let the lock go of its own accord, then native
// code or a wait. Holds that ended because another thread had asked are joined with the next one:
// where they ended was the lock's doing, not the program's. In a window of the trace only.
//
// Left out: native code that holds the lock looks like bytecode. A wait is as long as it was, also
// where it ended because another thread did something.
#pragma once

#include <cstdint>
#include <vector>

#include "host/trace/trace_file.hpp"

namespace gilsim::trace {

struct Window {
  std::uint64_t begin = 0;
  std::uint64_t end = UINT64_MAX;
};

// Bytecode with the lock, then what followed without it.
struct Round {
  std::uint64_t python = 0;
  std::uint64_t native = 0;
  std::uint64_t wait = 0;  // in calls of at least kShortestWait; shorter ones are native code
};
constexpr std::uint64_t kShortestWait = 20'000;

struct ThreadBursts {
  std::vector<Round> rounds;            // that lie in the window as a whole
  std::uint64_t unfinished = 0;         // bytecode of the last one, which never let the lock go
  std::vector<std::uint64_t> timeouts;  // how long each wait for the lock was until it timed out
  std::uint64_t handovers = 0;  // takes in the window of a lock that another thread had before
};

// In the order of TraceFile::threads().
std::vector<ThreadBursts> find_bursts(const TraceFile& file, const Window& window);

}  // namespace gilsim::trace
