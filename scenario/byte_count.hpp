// Numbers of bytes as text: a whole or decimal number directly followed by B, KiB, MiB, GiB (powers
// of 1024) or KB, MB, GB (of 1000); exact to the byte, or refused.
#pragma once

#include <string>

#include "models/process/payload.hpp"
#include "scenario/number.hpp"

namespace gilsim::scenario {

TextError read_byte_count(const std::string& text, model::ByteCount& result);
// The shortest exact spelling, in powers of 1024: "64KiB".
std::string format_byte_count(model::ByteCount count);

// A JSON Schema pattern (ECMA 262) for the numbers of bytes that may stand in a file.
inline constexpr const char* kByteCountPattern =
    "^(0|[1-9][0-9]*)(\\.[0-9]+)?(B|KiB|MiB|GiB|KB|MB|GB)$";

}  // namespace gilsim::scenario
