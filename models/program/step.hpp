// What a task does, step by step: bytecode, native code, a blocking wait. Times are nominal: what
// the step takes alone, on the main thread of the calibrated interpreter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "models/program/distribution.hpp"

namespace gilsim::model {

// Bytecode: holds the lock and yields on request. Either a time or a number of iterations of the
// countdown loop `while n > 0: n -= 1`, the talk's own example.
struct PythonStep {
  Distribution time;
  std::optional<std::int64_t> loops;  // when set, `time` is unused
  std::string shares{};               // an object that every such step works on; empty: none
  std::uint16_t object = 0;           // its number, by number_shared_objects(); 0: none
};

enum class LockMode { kReleased, kHeld };
template <>
struct EnumNames<LockMode> {
  static constexpr std::pair<LockMode, const char*> values[] = {
      {LockMode::kReleased, "released"},
      {LockMode::kHeld, "held"},
  };
};

// C code: releases the lock for its time, or keeps it and can't be interrupted.
struct NativeStep {
  Distribution time;
  LockMode lock = LockMode::kReleased;
  double memory = 0;       // GB/s that it moves when nobody else moves any
  bool to_thread = false;  // under asyncio: in a thread of the default executor, not on the loop's
};

// What blocks for real; simulated as a wait plus the measured overhead of that kind.
enum class WaitVia { kSleep, kSocket, kPipe, kFile, kUdp };
template <>
struct EnumNames<WaitVia> {
  static constexpr std::pair<WaitVia, const char*> values[] = {
      {WaitVia::kSleep, "sleep"}, {WaitVia::kSocket, "socket"}, {WaitVia::kPipe, "pipe"},
      {WaitVia::kFile, "file"},   {WaitVia::kUdp, "udp"},
  };
};

// From when the time of a wait counts. `round`: from the beginning of the thread's round, as that
// of something from outside does, which comes whether or not the thread has got to waiting for it.
enum class WaitSince { kHere, kRound };
template <>
struct EnumNames<WaitSince> {
  static constexpr std::pair<WaitSince, const char*> values[] = {
      {WaitSince::kHere, "here"},
      {WaitSince::kRound, "round"},
  };
};

// Blocks without the lock: sleep; a TCP request answered after the time; a read from a pipe or a
// FIFO file that is fed after the time; a UDP echo whose server answers after the time.
struct WaitStep {
  Distribution time;
  WaitVia via = WaitVia::kSleep;
  bool to_thread = false;    // under asyncio: blocks a thread of the default executor
  std::string device{};      // that serves it; empty: nobody has to queue
  std::uint16_t number = 0;  // of the device, by number_devices(), from 1; 0: none
  WaitSince since = WaitSince::kHere;
};

using Step = std::variant<PythonStep, NativeStep, WaitStep>;

inline bool goes_to_thread(const Step& step) {
  if (const auto* const native = std::get_if<NativeStep>(&step)) return native->to_thread;
  const auto* const wait = std::get_if<WaitStep>(&step);
  return wait != nullptr && wait->to_thread;
}

// Whether asyncio can run such a step: only a thread can wait for a pipe or a file.
inline bool can_be_awaited(const Step& step) {
  const auto* const wait = std::get_if<WaitStep>(&step);
  if (wait == nullptr || wait->to_thread) return true;
  return wait->via != WaitVia::kPipe && wait->via != WaitVia::kFile;
}

inline bool shares_an_object(const Step& step) {
  const auto* const python = std::get_if<PythonStep>(&step);
  return python != nullptr && !python->shares.empty();
}

inline bool uses_a_device(const Step& step) {
  const auto* const wait = std::get_if<WaitStep>(&step);
  return wait != nullptr && !wait->device.empty();
}

inline bool counts_since_round(const Step& step) {
  const auto* const wait = std::get_if<WaitStep>(&step);
  return wait != nullptr && wait->since == WaitSince::kRound;
}

inline bool moves_memory(const Step& step) {
  const auto* const native = std::get_if<NativeStep>(&step);
  return native != nullptr && native->memory > 0;
}

}  // namespace gilsim::model
