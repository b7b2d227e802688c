// A timeline in the trace format of Chrome ("Trace Event Format", Google; JSON object form), which
// Perfetto, speedscope and chrome://tracing open. Slices are called as CPython's own profiler calls
// them (Lib/profiling/sampling, Gecko collector): "Has GIL", "Waiting for GIL", "Python Code",
// "Native Code". Time stamps are in microseconds with the nanoseconds behind the point.
#pragma once

#include <string>

#include "models/timeline/timeline.hpp"

namespace gilsim::app {

struct TimelineHead {
  std::string question;
  std::string point;  // "threads@4 on 2 cores, ..."
  std::string reproduce;
};

std::string timeline_json(const model::Timeline& timeline, const TimelineHead& head);

}  // namespace gilsim::app
