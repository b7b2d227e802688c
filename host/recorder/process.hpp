// What the recorder knows of the process it is loaded into. Constant-initialised: functions of this
// library are called before any constructor has run.
#pragma once

#include <limits.h>
#include <pthread.h>
#include <sys/types.h>

#include <atomic>
#include <cstdint>

#include "host/recorder/lock_table.hpp"
#include "host/trace/format.hpp"

namespace gilsim::recorder {

// What is left of the block of a thread that has ended.
struct PartialBlock {
  std::uint64_t* next = nullptr;
  std::uint64_t* end = nullptr;
};

struct Process {
  std::atomic<bool> recording{false};
  trace::Header* header = nullptr;
  // A page that the kernel gives to forked children as zeros (MADV_WIPEONFORK): the cheapest way to
  // see that this is another process, however it was made. A vfork child shares it, as it shares
  // everything.
  volatile char* alive = nullptr;
  std::uint32_t image = 0;
  pid_t process = 0;
  std::atomic<bool> image_described{false};
  trace::CpuClock cpu_clock = trace::CpuClock::kOff;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  pthread_key_t thread_end{};
  bool has_thread_end = false;
  bool wants_task_hook = false;
  char trace[PATH_MAX]{};
  char library[PATH_MAX]{};

  LockTable locks;

  static constexpr int kPartialBlocks = 32;
  std::atomic_flag partial_busy = ATOMIC_FLAG_INIT;
  PartialBlock partial[kPartialBlocks];
  int partial_count = 0;
};

inline Process& process() {
  static constinit Process process;
  return process;
}

// Nothing more is recorded; the first reason is kept.
void end_recording(trace::End reason, int error = 0);

// Starts afresh in a child that fork(2) made: a new image, none of the parent's blocks.
void reopen_in_child();

inline bool is_recording() { return process().recording.load(std::memory_order_relaxed); }
inline bool is_fresh_child() { return *process().alive == 0; }

}  // namespace gilsim::recorder
