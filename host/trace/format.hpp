// The file that `gilsim record` leaves, shared by the recorder (a preload library without a C++
// runtime) and the reader. A header block, then blocks of 64-bit words.
//
// A block belongs to one process and is made of segments; a segment is a run of one thread's
// records. A record is one word, `kind | argument << 8 | delta << 24`: what happened, to which lock
// or in which kind of call, and how many nanoseconds after the record before. Kinds with more to
// say have payload words behind theirs. The word with the kind is stored last and a block starts
// out as zeros, so that whatever was stored before a SIGKILL can be read, and nothing else.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace gilsim::trace {

constexpr char kMagic[8] = {'G', 'I', 'L', 'T', 'R', 'A', 'C', 'E'};
constexpr std::uint32_t kVersion = 2;  // 2: tasks
constexpr std::uint32_t kByteOrder = 0x01020304;
constexpr std::uint32_t kBlockMagic = 0x4b4c4247;  // "GBLK"
constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr std::size_t kBlockWords = kBlockBytes / sizeof(std::uint64_t);
constexpr std::size_t kCommandBytes = 2048;
constexpr std::size_t kTextBytes = 256;
constexpr std::size_t kTasksBytes = 1024;

// Why no more was recorded.
enum class End : std::uint32_t {
  kNone = 0,  // nothing ended it: the recorded program was killed together with `gilsim record`
  kFinished,
  kLimit,
  kDiskFull,
  kFileSizeLimit,
  kUnwritable,  // the file could no longer be opened or mapped: end_errno says why
};

enum class CpuClock : std::uint32_t { kOff = 0, kSampled, kEvery };

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t byte_order;
  std::uint64_t block_bytes;
  std::uint64_t limit_blocks;  // the header's own included
  CpuClock cpu_clock;
  std::uint32_t command_bytes;
  std::uint64_t started;           // CLOCK_MONOTONIC, as all times
  std::uint64_t started_realtime;  // CLOCK_REALTIME at the same moment

  std::atomic<std::uint64_t> next_block;
  std::atomic<std::uint32_t> next_image;  // images are programs: a fork and an exec make new ones
  std::atomic<std::uint32_t> closed;      // the recorded program has ended: nobody goes on
  std::atomic<std::uint32_t> end;         // End
  std::atomic<std::uint32_t> end_errno;
  std::atomic<std::uint64_t> end_time;  // records after it are incomplete
  std::atomic<std::uint32_t> interpreter_seen;

  std::uint32_t exit_status;  // as wait(2) gives it, with `finished`
  std::uint64_t finished;     // when the program had ended; 0: not yet
  std::uint64_t user_time;
  std::uint64_t system_time;
  char interpreter[kTextBytes];       // Py_GetVersion() of the first interpreter, ends with a zero
  char command[kCommandBytes];        // words, each ends with a zero
  std::uint32_t cores;                // that the program was allowed to use
  std::uint32_t wants_tasks;          // 1: tasks are marked (host/recorder/task_hook.hpp)
  char task_functions[kTasksBytes];   // "module:function", each ends with a zero
  std::atomic<std::uint32_t> hooked;  // interpreters in which tasks are marked
  std::atomic<std::uint32_t> called_tasks;  // tasks of `task_functions` that have begun
};
static_assert(sizeof(Header) <= 4096);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

struct BlockHeader {
  std::uint32_t magic;
  std::uint32_t image;
  std::uint32_t process;
  std::uint32_t reserved;
};
constexpr std::size_t kBlockHeaderWords = sizeof(BlockHeader) / sizeof(std::uint64_t);

enum class Kind : std::uint8_t {
  kNothing = 0,     // the end of what was written
  kSegment,         // payload: thread, time, CPU time. The records of a thread follow
  kImage,           // argument: payload words. ImageText as words; once in an image
  kTime,            // payload: time. The delta would not fit
  kCpu,             // payload: CPU time of the thread
  kLockCreated,     // argument: lock
  kLockDestroyed,   // argument: lock
  kRequest,         // argument: lock. It was not free
  kTimeout,         // argument: lock. An interval went by; the wait goes on
  kWoken,           // argument: lock. Signalled, or a spurious wake-up
  kTake,            // argument: lock
  kDrop,            // argument: lock
  kForced,          // argument: lock. The drop before was asked for by another thread
  kForcedEnd,       // argument: lock. Another thread has taken it
  kBlock,           // argument: Call
  kUnblock,         // argument: Call
  kThreadCreating,  // a thread is about to be made
  kThreadStart,     // payload: the thread that made it, when it began to run; 0: unknown
  kThreadEnd,
  kTaskName,   // argument: payload words: a number for a text, then the text
  kTaskBegin,  // argument: TaskKind; payload: the task's number in its process, that of its name
  kTaskEnd,    // argument: TaskKind; payload: the task's number, 1 when it is over
  kTaskSize,   // payload: the task's number, bytes of its arguments and of its result, pickled
  kPause,      // what follows, up to kResume, the recorder does, not the program
  kResume,
};
constexpr std::uint8_t kLastKind = static_cast<std::uint8_t>(Kind::kResume);

// What deals the task out.
enum class TaskKind : std::uint8_t { kFunction = 0, kExecutor, kPool, kCoroutine };
constexpr std::size_t kTaskKinds = static_cast<std::size_t>(TaskKind::kCoroutine) + 1;
constexpr std::uint64_t kUnknownSize = UINT64_MAX;  // it can't be pickled

enum class Call : std::uint8_t {
  kRead = 0,
  kWrite,
  kReceive,
  kSend,
  kAccept,
  kConnect,
  kPoll,
  kSleep,
  kSemaphore,
  kCondition,
  kJoin,
  kChild,
  kSync,
  kFileLock,
  kResolve,
};
constexpr std::size_t kCalls = static_cast<std::size_t>(Call::kResolve) + 1;

constexpr unsigned kDeltaBits = 40;
constexpr std::uint64_t kMaxDelta = (std::uint64_t{1} << kDeltaBits) - 1;

constexpr std::uint64_t word(Kind kind, std::uint16_t argument, std::uint64_t delta) {
  return static_cast<std::uint64_t>(kind) | std::uint64_t{argument} << 8 | delta << 24;
}
constexpr std::uint8_t kind_of(std::uint64_t word) { return static_cast<std::uint8_t>(word); }
constexpr std::uint16_t argument_of(std::uint64_t word) {
  return static_cast<std::uint16_t>(word >> 8);
}
constexpr std::uint64_t delta_of(std::uint64_t word) { return word >> 24; }

// How many words follow the word of a record.
constexpr std::size_t payload_words(std::uint64_t word) {
  switch (static_cast<Kind>(kind_of(word))) {
    case Kind::kSegment:
    case Kind::kTaskSize:
      return 3;
    case Kind::kImage:
    case Kind::kTaskName:
      return argument_of(word);
    case Kind::kThreadStart:
    case Kind::kTaskBegin:
    case Kind::kTaskEnd:
      return 2;
    case Kind::kTime:
    case Kind::kCpu:
      return 1;
    default:
      return 0;
  }
}

// Payload of kImage.
struct ImageText {
  std::uint32_t process;
  std::uint32_t parent;
  char interpreter[kTextBytes];
  char command[kTextBytes];
};
constexpr std::size_t kImageWords = sizeof(ImageText) / sizeof(std::uint64_t);
static_assert(sizeof(ImageText) % sizeof(std::uint64_t) == 0);

}  // namespace gilsim::trace
