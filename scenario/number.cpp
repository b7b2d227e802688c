#include "scenario/number.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <system_error>

namespace gilsim::scenario {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// -12_000.5e3, taken apart; digits without '_'.
struct Decimal {
  bool negative = false;
  std::string whole;
  std::string fraction;
  int exponent = 0;

  std::string text() const {
    return (negative ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction) +
           (exponent == 0 ? "" : "e" + std::to_string(exponent));
  }
};

std::string take_digits(const std::string& text, std::size_t& position) {
  std::string digits;
  while (position < text.size()) {
    if (is_digit(text[position])) {
      digits += text[position++];
    } else if (text[position] == '_' && !digits.empty() && position + 1 < text.size() &&
               is_digit(text[position - 1]) && is_digit(text[position + 1])) {
      ++position;
    } else {
      break;
    }
  }
  return digits;
}

std::optional<Decimal> take_apart(const std::string& text) {
  Decimal decimal;
  std::size_t position = 0;
  if (!text.empty() && text[0] == '-') {
    decimal.negative = true;
    ++position;
  }
  decimal.whole = take_digits(text, position);
  if (decimal.whole.empty()) return std::nullopt;
  if (position < text.size() && text[position] == '.') {
    decimal.fraction = take_digits(text, ++position);
    if (decimal.fraction.empty()) return std::nullopt;
  }
  if (position < text.size() && (text[position] == 'e' || text[position] == 'E')) {
    const bool signed_plus = position + 1 < text.size() && text[position + 1] == '+';
    const char* first = text.data() + position + (signed_plus ? 2 : 1);
    if (signed_plus && *first == '-') return std::nullopt;
    const auto [end, error] = std::from_chars(first, text.data() + text.size(), decimal.exponent);
    if (error != std::errc() || decimal.exponent < -9999 || decimal.exponent > 9999) {
      return std::nullopt;
    }
    position = static_cast<std::size_t>(end - text.data());
  }
  if (position != text.size()) return std::nullopt;
  return decimal;
}

TextError check_leading_zero(const Decimal& decimal) {
  if (decimal.whole.size() < 2 || decimal.whole[0] != '0') return {};
  Decimal better = decimal;
  better.whole.erase(0, std::min(better.whole.find_first_not_of('0'), better.whole.size() - 1));
  return {"has a leading zero", "write " + better.text() + "; numbers are decimal"};
}

TextError shift_to_integer(const Decimal& decimal, std::int64_t& result) {
  std::string digits = decimal.whole + decimal.fraction;
  int exponent = decimal.exponent - static_cast<int>(decimal.fraction.size());
  while (!digits.empty() && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  digits.erase(0, digits.find_first_not_of('0'));
  result = 0;
  if (digits.empty()) return {};
  if (exponent < 0) return {"is not a whole number", ""};
  if (static_cast<int>(digits.size()) + exponent > 19) return {"is too large", ""};
  digits.append(static_cast<std::size_t>(exponent), '0');
  const std::string text = (decimal.negative ? "-" : "") + digits;
  const auto status = std::from_chars(text.data(), text.data() + text.size(), result);
  if (status.ec != std::errc()) return {"is too large", ""};
  return {};
}

}  // namespace

TextError parse_integer(const std::string& text, std::int64_t& result) {
  const std::optional<Decimal> decimal = take_apart(text);
  if (!decimal) return {"is not a whole number", "write it like 50, 50_000_000 or 5e7"};
  if (TextError error = check_leading_zero(*decimal)) return error;
  return shift_to_integer(*decimal, result);
}

TextError parse_real(const std::string& text, double& result) {
  const std::optional<Decimal> decimal = take_apart(text);
  if (!decimal) return {"is not a finite number", "write it like 2, 0.5 or 3.8e7"};
  if (TextError error = check_leading_zero(*decimal)) return error;
  const std::string plain = decimal->text();
  const auto status = std::from_chars(plain.data(), plain.data() + plain.size(), result);
  if (status.ec != std::errc()) return {"is outside the range of numbers", ""};
  return {};
}

bool looks_like_a_number(const std::string& text) {
  if (text.empty()) return false;
  std::string plain;
  for (char c : text) plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (plain[0] == '+' || plain[0] == '-') plain.erase(0, 1);
  if (plain == ".inf" || plain == ".nan") return true;
  if (plain.rfind("0x", 0) == 0 || plain.rfind("0o", 0) == 0) {
    return plain.size() > 2 && plain.find_first_not_of("0123456789abcdef", 2) == std::string::npos;
  }
  if (!plain.empty() && plain[0] == '.') plain.insert(0, "0");
  if (!plain.empty() && plain.back() == '.') plain += "0";
  return take_apart(plain).has_value();
}

std::string format_real(double value) {
  char buffer[32];
  const auto status = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, status.ptr};
}

}  // namespace gilsim::scenario
