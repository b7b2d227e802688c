// What happened in a trace, in figures: where each thread's time went, and how each lock went from
// thread to thread. A pass over the events in the order of time.
//
// A thread's time falls into: holding the lock; waiting for it (from the request to the take);
// without it in a call that may block, by kind; parked after a drop that was asked for, until
// another thread has taken the lock; without it otherwise, which is native code, or a call that is
// not watched. Left out: what the operating system did (a thread that holds the lock
// may be waiting for a core); the CPU times say so where they were sampled.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "host/trace/format.hpp"
#include "host/trace/histogram.hpp"
#include "host/trace/trace_file.hpp"

namespace gilsim::trace {

// CPU time beside wall time, in stretches whose two ends were sampled.
struct CpuShare {
  std::uint64_t cpu = 0;
  std::uint64_t wall = 0;
};

struct CallTime {
  std::uint64_t count = 0;
  std::uint64_t time = 0;
};

struct ThreadSummary {
  std::uint32_t image = 0;   // index into TraceFile::images()
  std::uint32_t thread = 0;  // the kernel's number
  std::uint32_t creator = 0;
  bool is_main = false;
  bool has_ended = false;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t held = 0;
  std::uint64_t waited = 0;
  std::uint64_t native = 0;
  std::uint64_t parked = 0;
  std::uint64_t cpu_time = 0;  // of the whole thread up to the last sample
  std::uint64_t takes = 0;
  std::uint64_t waits = 0;         // takes that had to wait
  std::uint64_t forced_drops = 0;  // while another thread asked for the lock
  Histogram wait_times;
  std::array<CallTime, kCalls> blocked{};       // without the lock
  std::array<CallTime, kCalls> blocked_held{};  // while holding it
  CpuShare cpu_held;
  CpuShare cpu_released;
  std::map<std::uint32_t, std::uint64_t> waited_for;  // index of a thread; time
};

struct LockSummary {
  std::uint32_t image = 0;
  std::uint16_t lock = 0;
  std::uint64_t takes = 0;
  std::uint64_t handovers = 0;  // taken by another thread than the last one
  std::uint64_t held = 0;
  std::uint64_t contended = 0;  // held while somebody waited
  Histogram tenure;             // from take to drop
  Histogram forced_tenure;      // those that ended while another thread asked for it
  Histogram gap;                // from drop to take, when somebody was waiting
  // Who took the lock after a forced drop.
  std::uint64_t forced_to_oldest = 0;  // who had waited longest
  std::uint64_t forced_stolen = 0;     // another one that was waiting
  std::uint64_t forced_barged = 0;     // one that came later
  // Of the stolen ones: by the thread whose wait had timed out last, that is, who had asked.
  std::uint64_t stolen_by_requester = 0;
  std::uint64_t overlaps = 0;  // two holders at once: a damaged trace
};

struct Summary {
  std::uint64_t events = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::vector<ThreadSummary> threads;  // as in TraceFile::threads()
  std::vector<LockSummary> locks;      // that were taken
};

Summary summarize(const TraceFile& file);

}  // namespace gilsim::trace
