// Ranges of values as text, each value spelled as a file would have it:
//   1..16              whole numbers, step 1
//   1ms..9ms:step:2ms  from the low end, as far as the high one
//   0.1..0.9:lin:5     evenly spaced, both ends among them
//   10us..100ms:log:40 evenly spaced in the logarithm, both ends among them
// Two whole numbers give whole numbers, two durations durations, to the nanosecond; 1.0 is no whole
// number. Nothing is left out in silence: a range that gives a value twice is refused.
#pragma once

#include <string>
#include <vector>

#include "scenario/number.hpp"

namespace gilsim::scenario {

inline constexpr std::size_t kMostValues = 1'000'000;

// Whether a text is meant as a range: it begins as a number does, and there is a `..` in it.
bool looks_like_a_range(const std::string& text);

TextError read_range(const std::string& text, std::vector<std::string>& values);

}  // namespace gilsim::scenario
