// Rates that were measured while something was in the way that the kernel does not tell of: they
// lie far below the others of their kind. Fresh processes of one interpreter differ by some 5 %;
// what is slower than the median by more than kFarBelow has been disturbed.
#pragma once

#include "host/interpreter_probes.hpp"

namespace gilsim::host {

inline constexpr double kFarBelow = 0.15;  // of the median

// How many rates ("rates.*", "native_*") lie so far below the median of their kind.
int slow_samples(const NamedSamples& samples);

// Puts another process's rates in the place of the slowest ones of each kind, where those are too
// slow and the new one is faster. Returns how many.
int replace_slowest(NamedSamples& samples, const NamedSamples& another);

}  // namespace gilsim::host
