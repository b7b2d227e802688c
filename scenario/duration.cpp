#include "scenario/duration.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>

namespace gilsim::scenario {
namespace {

__extension__ using Wide = unsigned __int128;

struct Unit {
  const char* name;
  std::int64_t nanoseconds;
};

constexpr std::array<Unit, 6> units{{{"h", 3'600'000'000'000},
                                     {"min", 60'000'000'000},
                                     {"s", 1'000'000'000},
                                     {"ms", 1'000'000},
                                     {"us", 1'000},
                                     {"ns", 1}}};
constexpr const char* kUnitNames = "ns, us, ms, s, min or h";

std::optional<std::int64_t> unit_named(const std::string& name) {
  if (name == "\u00b5s" || name == "\u03bcs") return 1'000;
  for (const Unit& unit : units) {
    if (name == unit.name) return unit.nanoseconds;
  }
  return std::nullopt;
}

// The number before a unit as digits * 10^-decimals; no digits: there is no number.
struct Amount {
  bool negative = false;
  bool has_leading_zero = false;
  std::string digits;
  int decimals = 0;
  std::size_t length = 0;  // of its text
};

Amount take_amount(const std::string& text) {
  Amount amount;
  std::size_t position = 0;
  if (!text.empty() && text[0] == '-') amount.negative = ++position == 1;
  bool after_point = false;
  for (; position < text.size(); ++position) {
    const char c = text[position];
    const bool digit_before =
        position > 0 && text[position - 1] >= '0' && text[position - 1] <= '9';
    const bool digit_after =
        position + 1 < text.size() && text[position + 1] >= '0' && text[position + 1] <= '9';
    if (c >= '0' && c <= '9') {
      amount.digits += c;
      amount.decimals += after_point ? 1 : 0;
    } else if (c == '.' && !after_point && digit_before && digit_after) {
      amount.has_leading_zero = amount.digits.size() > 1 && amount.digits[0] == '0';
      after_point = true;
    } else if (c != '_' || !digit_before || !digit_after) {
      break;
    }
  }
  if (!after_point) amount.has_leading_zero = amount.digits.size() > 1 && amount.digits[0] == '0';
  amount.length = position;
  return amount;
}

std::string without(std::string text, char unwanted) {
  std::string kept;
  for (char c : text) {
    if (c != unwanted) kept += c;
  }
  return kept;
}

TextError unit_error(const std::string& number, const std::string& unit) {
  if (unit.empty()) return {"has no unit", "write " + number + "ms"};
  if (unit == "m")
    return {"has an unknown unit 'm'", "write " + number + "min or " + number + "ms"};
  if (unit == "e" || unit == "E" || unit[0] == '.') {
    return {"is not a duration", "write the number out, then its unit, like 5ms"};
  }
  return {"has an unknown unit '" + unit + "'",
          std::string("a number is directly followed by ") + kUnitNames};
}

TextError to_nanoseconds(Amount amount, std::int64_t unit, sim::Duration& result) {
  while (amount.decimals > 0 && amount.digits.back() == '0') {
    amount.digits.pop_back();
    --amount.decimals;
  }
  amount.digits.erase(0, amount.digits.find_first_not_of('0'));
  if (amount.decimals > 18) return {"is finer than a nanosecond", ""};
  if (amount.digits.size() > 25) return {"is longer than 292 years", ""};
  Wide value = 0;
  for (char digit : amount.digits) value = value * 10 + static_cast<unsigned>(digit - '0');
  Wide divisor = 1;
  for (int i = 0; i < amount.decimals; ++i) divisor *= 10;
  value *= static_cast<Wide>(unit);
  if (value % divisor != 0) return {"is finer than a nanosecond", ""};
  value /= divisor;
  const Wide limit = static_cast<Wide>(std::numeric_limits<std::int64_t>::max());
  if (value > limit + (amount.negative ? 1 : 0)) return {"is longer than 292 years", ""};
  const auto magnitude = static_cast<std::uint64_t>(value);
  result = sim::Duration::nanoseconds(
      static_cast<std::int64_t>(amount.negative ? std::uint64_t{0} - magnitude : magnitude));
  return {};
}

// The magnitude in one unit; nothing if it is not exact, or below one unit.
std::optional<std::string> spell(std::uint64_t nanoseconds, const Unit& unit) {
  const auto size = static_cast<std::uint64_t>(unit.nanoseconds);
  if (nanoseconds < size) return std::nullopt;
  std::string text = std::to_string(nanoseconds / size);
  std::uint64_t rest = nanoseconds % size;
  if (rest != 0) text += '.';
  for (int i = 0; i < 13 && rest != 0; ++i) {
    rest *= 10;
    text += static_cast<char>('0' + rest / size);
    rest %= size;
  }
  if (rest != 0) return std::nullopt;
  return text + unit.name;
}

}  // namespace

TextError read_duration(const std::string& text, sim::Duration& result) {
  const Amount amount = take_amount(text);
  if (amount.digits.empty()) {
    return {"is not a duration", std::string("write a number directly followed by ") + kUnitNames};
  }
  const std::string number = text.substr(0, amount.length);
  std::string unit = text.substr(amount.length);
  if (unit_named(without(unit, ' ')) && unit.find(' ') != std::string::npos) {
    return {"has a space before its unit", "write " + number + without(unit, ' ')};
  }
  const auto nanoseconds = unit_named(unit);
  if (!nanoseconds) return unit_error(number, unit);
  if (amount.has_leading_zero) {
    const std::size_t first = amount.digits.find_first_not_of('0');
    if (amount.decimals == 0 && first != std::string::npos) {
      return {"has a leading zero", "write " + amount.digits.substr(first) + unit};
    }
    return {"has a leading zero", "remove it"};
  }
  return to_nanoseconds(amount, *nanoseconds, result);
}

std::string parse_duration(const std::string& text, sim::Duration& result) {
  const TextError error = read_duration(text, result);
  if (!error) return "";
  const std::string message = "'" + text + "' " + error.message;
  return error.hint.empty() ? message : message + ": " + error.hint;
}

std::string format_duration(sim::Duration duration) {
  const bool negative = duration.count() < 0;
  const auto bits = static_cast<std::uint64_t>(duration.count());
  const std::uint64_t magnitude = negative ? std::uint64_t{0} - bits : bits;
  if (magnitude == 0) return "0s";
  std::string best = std::to_string(magnitude) + "ns";
  for (std::size_t i = units.size() - 1; i-- > 0;) {
    const auto text = spell(magnitude, units[i]);
    if (!text) continue;
    const bool has_point = text->find('.') != std::string::npos;
    if (text->size() < best.size() || (text->size() == best.size() && !has_point)) best = *text;
  }
  return negative ? "-" + best : best;
}

}  // namespace gilsim::scenario
