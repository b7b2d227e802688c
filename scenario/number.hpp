// Numbers as they may be written in a file: strictly decimal and exact. No octal (010), no
// hexadecimal, no infinity; integers may group digits (50_000_000) or carry an exponent (5e7).
#pragma once

#include <cstdint>
#include <string>

namespace gilsim::scenario {

// What is wrong with a text, and the way out; no message: nothing is.
struct TextError {
  std::string message;
  std::string hint;
  explicit operator bool() const { return !message.empty(); }
};

TextError parse_integer(const std::string& text, std::int64_t& result);
TextError parse_real(const std::string& text, double& result);

// Whether another YAML reader would take this plain text for something else than text.
bool looks_like_a_number(const std::string& text);

// The shortest spelling that reads back equal.
std::string format_real(double value);

}  // namespace gilsim::scenario
