// The models of the interpreter lock, by name; what each does is in the registry and its page.
#pragma once

#include <utility>

#include "models/parameter.hpp"

namespace gilsim::model {

enum class LockKind {
  kTick,
  kInterval,
  kPerInterpreter,
  kHolderRequest,
  kFreeThreaded,
  kNone,
  kFifo,
  kPriority,
  kScheduler,
  kKeptCalls,
};
template <>
struct EnumNames<LockKind> {
  static constexpr std::pair<LockKind, const char*> values[] = {
      {LockKind::kTick, "tick"},
      {LockKind::kInterval, "interval"},
      {LockKind::kPerInterpreter, "per_interpreter"},
      {LockKind::kHolderRequest, "holder_request"},
      {LockKind::kFreeThreaded, "free_threaded"},
      {LockKind::kNone, "none"},
      {LockKind::kFifo, "fifo"},
      {LockKind::kPriority, "priority"},
      {LockKind::kScheduler, "scheduler"},
      {LockKind::kKeptCalls, "kept_calls"},
  };
};

}  // namespace gilsim::model
