// What each thread did, as steps: bytecode until it let the lock go of its own accord, then native
// code or a wait. Holds that ended because another thread had asked are joined with the next one:
// where they ended was the lock's doing, not the program's. In a window of the trace only.
//
// Left out: native code that holds the lock looks like bytecode. A wait is as long as it was, also
// where it ended because another thread did something.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "host/trace/format.hpp"
#include "host/trace/trace_file.hpp"

namespace gilsim::trace {

struct Window {
  std::uint64_t begin = 0;
  std::uint64_t end = UINT64_MAX;
};

// Bytecode with the lock, then what followed without it. What goes by from the drop to a first call
// is the drop's own: it wakes one of those who wait.
struct Round {
  std::uint64_t python = 0;
  std::uint64_t native = 0;
  // In calls of at least kShortestWait, shorter ones are native code; and in one of Python's own
  // locks while another thread took the interpreter lock, however short: that thread let go of it.
  std::uint64_t wait = 0;
  std::optional<Call> call{};  // the last one without the lock
  std::uint64_t dropped = 0;   // when the lock was let go
  std::uint64_t waited = 0;    // when that call was over
};
constexpr std::uint64_t kShortestWait = 20'000;
// Of a task's calls that read and write files, which mostly copy memory.
constexpr std::uint64_t kShortestFileWait = 200'000;

// A task that was marked, from its begin to its end; of tasks within each other the outermost. The
// last round may lack what follows without the lock. What the recorder itself did is left out.
// Calls that read or write files for less than kShortestFileWait are native code.
struct Task {
  TaskKind kind = TaskKind::kFunction;
  std::uint64_t number = 0;
  std::uint64_t name = 0;  // TraceFile::task_names()
  std::uint64_t begin = 0;
  std::uint64_t end = 0;  // 0: it was not seen
  std::vector<Round> rounds;
  std::optional<std::uint64_t> argument_bytes;  // where they were measured
  std::optional<std::uint64_t> result_bytes;
};

// Steps of coroutines of one name: from where the event loop goes on with one until it gives back.
struct CoroutineSteps {
  std::uint64_t steps = 0;
  std::uint64_t finished = 0;  // tasks
  std::uint64_t time = 0;
};

struct ThreadBursts {
  std::vector<Round> rounds;            // that lie in the window as a whole
  std::uint64_t unfinished = 0;         // bytecode of the last one, which never let the lock go
  std::vector<std::uint64_t> timeouts;  // how long each wait for the lock was until it timed out
  std::uint64_t handovers = 0;  // takes in the window of a lock that another thread had before
  std::vector<Task> tasks;      // that began in the window
  std::map<std::uint64_t, CoroutineSteps> coroutines;  // by name
};

// In the order of TraceFile::threads().
std::vector<ThreadBursts> find_bursts(const TraceFile& file, const Window& window);

}  // namespace gilsim::trace
