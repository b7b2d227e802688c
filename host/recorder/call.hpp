// A call that may block, with a record before and one after it. Only of threads that have wanted an
// interpreter lock, and only the outermost: a name is resolved, its sockets are not read.
#pragma once

#include "host/recorder/process.hpp"
#include "host/recorder/raw.hpp"
#include "host/recorder/real.hpp"
#include "host/recorder/thread_log.hpp"

namespace gilsim::recorder {

inline bool is_recorded_caller(ThreadLog& log) {
  if (log.lock == nullptr || log.depth > 0 || !is_recording()) return false;
  if (is_fresh_child()) reopen_in_child();
  return log.lock != nullptr;
}

template <typename Result, typename... Arguments>
Result recorded_call(trace::Call call, Real<Result(Arguments...)>& real, Arguments... arguments) {
  ThreadLog& log = thread_log();
  if (!is_recorded_caller(log)) return real(arguments...);
  ++log.depth;
  record(log, trace::Kind::kBlock, static_cast<std::uint16_t>(call), now());
  const Result result = real(arguments...);
  record(log, trace::Kind::kUnblock, static_cast<std::uint16_t>(call), now());
  if (log.depth > 0) --log.depth;
  return result;
}

}  // namespace gilsim::recorder
