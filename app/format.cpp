#include "app/format.hpp"

#include <cmath>
#include <cstdio>

namespace gilsim::app {
namespace {

std::string fixed(double value, int decimals) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  return buffer;
}

std::string three_digits(double value) {
  const double size = std::fabs(value);
  if (size < 9.995) return fixed(value, 2);
  if (size < 99.95) return fixed(value, 1);
  return fixed(value, 0);
}

}  // namespace

std::string human_time(double nanoseconds) {
  const double size = std::fabs(nanoseconds);
  if (size < 999.5) return fixed(nanoseconds, 0) + " ns";
  if (size < 999.5e3) return three_digits(nanoseconds * 1e-3) + " µs";
  if (size < 999.5e6) return three_digits(nanoseconds * 1e-6) + " ms";
  return three_digits(nanoseconds * 1e-9) + " s";
}

std::string human_rate(double per_second) {
  if (per_second >= 999.5e6) return three_digits(per_second * 1e-9) + " G/s";
  if (per_second >= 999.5e3) return three_digits(per_second * 1e-6) + " M/s";
  if (per_second >= 9999.5) return three_digits(per_second * 1e-3) + " k/s";
  return three_digits(per_second) + "/s";
}

std::string human_ratio(double ratio) { return three_digits(ratio) + "×"; }

std::string human_count(double count) {
  return fixed(count, std::fabs(count - std::round(count)) < 0.05 ? 0 : 1);
}

std::string human_percent(double fraction) { return fixed(fraction * 100, 1) + " %"; }

std::string signed_percent(double fraction) {
  const std::string text = human_percent(fraction);
  return fraction >= 0 ? "+" + text : text;
}

std::string human_value(double value, const std::string& unit) {
  if (unit == "ns") return human_time(value);
  if (unit == "1/s") return human_rate(value);
  if (unit == "count") return human_count(value);
  return human_ratio(value);
}

std::string hexadecimal(std::uint64_t value) {
  char buffer[17];
  std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(value));
  return buffer;
}

std::string plural(long long count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string shell_quoted(const std::string& word) {
  const char* const safe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,@%+";
  if (!word.empty() && word.find_first_not_of(safe) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string printable(const std::string& text) {
  std::string result = text;
  for (char& c : result) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = ' ';
  }
  return result;
}

}  // namespace gilsim::app
