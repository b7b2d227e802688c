#include "scenario/byte_count.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gilsim::scenario {
namespace {

struct Unit {
  const char* name;
  std::int64_t bytes;
};

constexpr std::array<Unit, 7> kUnits{{{"GiB", std::int64_t{1} << 30},
                                      {"MiB", std::int64_t{1} << 20},
                                      {"KiB", std::int64_t{1} << 10},
                                      {"B", 1},
                                      {"KB", 1'000},
                                      {"MB", 1'000'000},
                                      {"GB", 1'000'000'000}}};
constexpr const char* kUnitNames = "B, KiB, MiB, GiB, KB, MB or GB";
constexpr std::size_t kMostDigits = 15;
constexpr std::size_t kMostDecimals = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

TextError read_byte_count(const std::string& text, model::ByteCount& result) {
  const std::size_t end = text.find_first_not_of("0123456789.");
  const std::string number = text.substr(0, end);
  const std::string unit = end == std::string::npos ? "" : text.substr(end);
  const std::size_t point = number.find('.');
  const std::string whole = number.substr(0, point);
  const std::string decimals = point == std::string::npos ? "" : number.substr(point + 1);
  const bool is_number = !whole.empty() && std::all_of(whole.begin(), whole.end(), is_digit) &&
                         std::all_of(decimals.begin(), decimals.end(), is_digit) &&
                         (point == std::string::npos || !decimals.empty());
  if (!is_number) {
    return {"is not a number of bytes",
            std::string("write a number directly followed by ") + kUnitNames};
  }
  if (unit.empty()) return {"has no unit", "write " + number + "KiB or " + number + "B"};
  if (whole.size() > 1 && whole[0] == '0') return {"has a leading zero", "remove it"};
  const auto found = std::find_if(kUnits.begin(), kUnits.end(),
                                  [&](const Unit& known) { return unit == known.name; });
  if (found == kUnits.end()) {
    return {"has an unknown unit '" + unit + "'",
            std::string("a number is directly followed by ") + kUnitNames};
  }
  constexpr std::int64_t kMost = std::int64_t{1} << 62;
  if (whole.size() <= kMostDigits && std::stoll(whole) > kMost / found->bytes) {
    return {"is more than any machine has", "choose another unit"};
  }
  if (whole.size() > kMostDigits || decimals.size() > kMostDecimals) {
    return {"has too many digits", "choose another unit"};
  }
  std::int64_t divisor = 1;
  for (std::size_t i = 0; i < decimals.size(); ++i) divisor *= 10;
  const std::int64_t of_decimals = decimals.empty() ? 0 : std::stoll(decimals) * found->bytes;
  if (of_decimals % divisor != 0) return {"is no whole number of bytes", "choose another unit"};
  result.value = std::stoll(whole) * found->bytes + of_decimals / divisor;
  return {};
}

std::string format_byte_count(model::ByteCount count) {
  for (const Unit& unit : kUnits) {
    if (count.value >= unit.bytes && count.value % unit.bytes == 0) {
      const std::string number = std::to_string(count.value / unit.bytes);
      if (number.size() <= kMostDigits) return number + unit.name;
    }
  }
  return "0B";
}

}  // namespace gilsim::scenario
