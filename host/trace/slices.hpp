// A trace as slices of each thread's time: holding the lock, waiting for it, parked after a drop
// that was asked for, in a call that may block, native code otherwise. A call made while holding
// the lock lies within the slice that holds it; the others follow each other without a gap.
#pragma once

#include <cstdint>
#include <functional>

#include "host/trace/format.hpp"
#include "host/trace/trace_file.hpp"

namespace gilsim::trace {

enum class Activity { kHolding, kWaiting, kParked, kCall, kNative };

struct Slice {
  std::uint32_t thread = 0;  // index into TraceFile::threads()
  Activity activity = Activity::kNative;
  std::uint16_t argument = 0;  // the lock, or the Call
  bool is_held = false;        // a call: made while holding the lock
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// In the order of their ends. What goes on at the end of the trace ends there.
void for_each_slice(const TraceFile& file, const std::function<void(const Slice&)>& visit);

}  // namespace gilsim::trace
