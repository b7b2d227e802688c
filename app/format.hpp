// Numbers for people: three digits that count, with a unit.
#pragma once

#include <cstdint>
#include <string>

namespace gilsim::app {

std::string human_time(double nanoseconds);                      // "3.60 s", "14.4 ms", "850 µs"
std::string human_rate(double per_second);                       // "162/s", "18.5 k/s"
std::string human_ratio(double ratio);                           // "1.94×"
std::string human_count(double count);                           // "1234", "0.5"
std::string human_percent(double fraction);                      // "4.2 %"
std::string signed_percent(double fraction);                     // "+4.2 %", "-1.0 %"
std::string human_value(double value, const std::string& unit);  // "ns", "1/s", "count" or "1"

std::string hexadecimal(std::uint64_t value);                  // 16 digits
std::string plural(long long count, const std::string& noun);  // "1 run", "3 runs"
std::string shell_quoted(const std::string& word);
// Without control characters: text of a file must not drive the terminal.
std::string printable(const std::string& text);

}  // namespace gilsim::app
