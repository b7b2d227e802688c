// Durations as text. A number directly followed by its unit; exact to the nanosecond, or refused.
#pragma once

#include <string>

#include "scenario/number.hpp"
#include "scenario/read.hpp"
#include "sim/time.hpp"

namespace gilsim::scenario {

TextError read_duration(const std::string& text, sim::Duration& result);

// A JSON Schema pattern (ECMA 262) for the durations that may stand in a file.
inline constexpr const char* kDurationPattern =
    "^(0|[1-9][0-9]*(_[0-9]+)*)(\\.[0-9]+)?(ns|us|µs|μs|ms|s|min|h)$";

}  // namespace gilsim::scenario
