// A trace as a timeline in the Trace Event Format (JSON), which Perfetto and chrome://tracing open.
// The slices of threads have the names that CPython's own profiler gives its markers: "Has GIL",
// "Waiting for GIL", "Native Code"; calls are named after their kind.
#pragma once

#include <cstdint>
#include <string>

#include "host/trace/summary.hpp"

namespace gilsim::app {

struct TimelineWindow {
  std::uint64_t from = 0;  // nanoseconds since the beginning of the trace
  std::uint64_t to = UINT64_MAX;
};

// Throws UsageError when there are more slices in the window than a viewer can show.
std::string trace_timeline(const trace::TraceFile& file, const trace::Summary& summary,
                           const TimelineWindow& window);

}  // namespace gilsim::app
