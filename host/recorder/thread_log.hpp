// The records of one thread: words stored into a mapped block of the file. There is nothing to
// flush: what was stored before an exit, an exec or a SIGKILL is in the file.
#pragma once

#include <atomic>
#include <cstdint>

#include "host/recorder/process.hpp"
#include "host/recorder/raw.hpp"
#include "host/trace/format.hpp"

namespace gilsim::recorder {

struct ThreadLog {
  enum class Phase : std::uint8_t { kOutside, kRequesting, kHolding, kDropped, kForced };

  std::uint64_t* next = nullptr;
  std::uint64_t* end = nullptr;
  std::uint64_t last = 0;         // time of the last record
  std::uint64_t cpu_sampled = 0;  // when
  Lock* lock = nullptr;           // the one this thread last wanted
  bool busy = false;              // a signal handler that comes in between records nothing
  bool requested = false;
  bool started = false;
  bool is_main = false;
  Phase phase = Phase::kOutside;
  std::uint8_t cpu_samples_due = 0;
  std::uint32_t depth = 0;  // of recorded calls within each other
  std::uint32_t thread = 0;
  std::uint32_t creator = 0;
  std::uint64_t start = 0;

  // The last initialisations that create_gil() would have made.
  std::uintptr_t mutexes[2] = {0, 0};
  std::uintptr_t condition = 0;
};

inline ThreadLog& thread_log() {
  static constinit thread_local ThreadLog log;
  return log;
}

// Makes room for `words` more: another block, or a first one. False: nothing is recorded any more.
bool make_room(ThreadLog& log, std::size_t words, std::uint64_t time);

void record(ThreadLog& log, trace::Kind kind, std::uint16_t argument, std::uint64_t time);
void record_cpu_time(ThreadLog& log);
void record_with_payload(ThreadLog& log, trace::Kind kind, std::uint16_t argument,
                         std::uint64_t time, const std::uint64_t* payload, std::size_t words);
// Samples the thread's CPU time when the mode and the time since the last sample ask for it.
void sample_cpu_time(ThreadLog& log, std::uint64_t time);

constexpr std::size_t kRoom = 8;  // words of the longest record, kImage aside, and a jump in time

}  // namespace gilsim::recorder
