#include "scenario/vary_range.hpp"

#include <charconv>
#include <cmath>

#include "scenario/duration.hpp"

namespace gilsim::scenario {
namespace {

__extension__ using Wide = __int128;

constexpr const char* kForms = "write LO..HI, LO..HI:step:S, LO..HI:lin:N or LO..HI:log:N";

enum class Kind { kWhole, kDuration, kReal };

struct Number {
  Kind kind = Kind::kReal;
  std::int64_t exact = 0;  // a whole number, or nanoseconds
  double real = 0;
};

struct ValueRange {
  Number low, high;
  std::string mode;    // "", "step", "lin" or "log"
  std::string amount;  // what follows the mode
};

TextError read_number(const std::string& text, Number& number) {
  sim::Duration duration;
  if (text.find('.') == std::string::npos && !parse_integer(text, number.exact)) {
    number.kind = Kind::kWhole;
    number.real = static_cast<double>(number.exact);
  } else if (!parse_real(text, number.real)) {
    number.kind = Kind::kReal;
  } else if (const TextError error = read_duration(text, duration)) {
    const bool has_digit = !text.empty() && text.find_first_of("0123456789") != std::string::npos;
    return {"has '" + text + "', which is neither a number nor a duration",
            has_digit ? error.hint : kForms};
  } else {
    number.kind = Kind::kDuration;
    number.exact = duration.count();
    number.real = static_cast<double>(duration.count());
  }
  return {};
}

std::string spelled(Kind kind, std::int64_t exact) {
  return kind == Kind::kWhole ? std::to_string(exact)
                              : format_duration(sim::Duration::nanoseconds(exact));
}

// Twelve digits: 0.1..0.3:lin:3 has 0.2 in the middle.
std::string spelled(double real) {
  char buffer[32];
  const auto status =
      std::to_chars(buffer, buffer + sizeof buffer, real, std::chars_format::general, 12);
  return {buffer, status.ptr};
}

TextError take_apart(const std::string& text, ValueRange& range) {
  const std::size_t dots = text.find("..");
  const std::size_t colon = text.find(':', dots);
  const std::string high =
      text.substr(dots + 2, colon == std::string::npos ? colon : colon - dots - 2);
  if (TextError error = read_number(text.substr(0, dots), range.low)) return error;
  if (TextError error = read_number(high, range.high)) return error;
  if (range.low.kind != range.high.kind) {
    return {"has ends of two kinds", "write both ends alike: 1..16, 1ms..16ms or 1.0..16.0"};
  }
  if (range.low.real > range.high.real) {
    return {"goes down", "write the low end first: " + high + ".." + text.substr(0, dots)};
  }
  if (colon == std::string::npos) return {};
  const std::size_t second = text.find(':', colon + 1);
  range.mode = text.substr(colon + 1, second == std::string::npos ? second : second - colon - 1);
  if (second != std::string::npos) range.amount = text.substr(second + 1);
  if (range.mode != "step" && range.mode != "lin" && range.mode != "log") {
    return {"has '" + range.mode + "' where step, lin or log is needed", kForms};
  }
  if (second == std::string::npos) return {"ends after '" + range.mode + "'", kForms};
  return {};
}

TextError too_many() {
  return {"has more than " + std::to_string(kMostValues) + " values", "take a larger step"};
}

TextError read_steps(const ValueRange& range, std::vector<std::string>& values) {
  Number step{Kind::kWhole, 1, 1.0};
  if (range.mode.empty() && range.low.kind != Kind::kWhole) {
    return {"needs a step or a number of values", kForms};
  }
  if (!range.mode.empty()) {
    if (TextError error = read_number(range.amount, step)) return error;
  }
  if (step.kind == Kind::kWhole && range.low.kind == Kind::kReal) step.kind = Kind::kReal;
  if (step.kind != range.low.kind) {
    return {"has a step of another kind than its ends", "write the step as the ends are written"};
  }
  if (!(step.real > 0)) return {"has a step that is not above 0", kForms};
  const double span = (range.high.real - range.low.real) / step.real;
  if (span >= static_cast<double>(kMostValues)) return too_many();
  const auto count = static_cast<std::int64_t>(std::floor(span * (1 + 1e-12) + 1e-9)) + 1;
  for (std::int64_t i = 0; i < count; ++i) {
    if (range.low.kind == Kind::kReal) {
      values.push_back(spelled(range.low.real + static_cast<double>(i) * step.real));
    } else if (const Wide value = Wide{range.low.exact} + Wide{step.exact} * i;
               value <= range.high.exact) {
      values.push_back(spelled(range.low.kind, static_cast<std::int64_t>(value)));
    }
  }
  return {};
}

std::string evenly(const ValueRange& range, std::int64_t i, std::int64_t last) {
  const Number& low = range.low;
  const double share = static_cast<double>(i) / static_cast<double>(last);
  if (range.mode == "log") {
    const double value = low.real * std::pow(range.high.real / low.real, share);
    return low.kind == Kind::kReal ? spelled(value) : spelled(low.kind, std::llround(value));
  }
  if (low.kind == Kind::kReal) return spelled(low.real + (range.high.real - low.real) * share);
  const Wide span = Wide{range.high.exact} - low.exact;
  return spelled(low.kind, static_cast<std::int64_t>(low.exact + (span * i + last / 2) / last));
}

TextError read_even(const ValueRange& range, std::vector<std::string>& values) {
  std::int64_t count = 0;
  if (parse_integer(range.amount, count) || count < 2) {
    return {"needs a number of values, 2 or more, after '" + range.mode + "'", kForms};
  }
  if (count > static_cast<std::int64_t>(kMostValues)) return too_many();
  if (range.mode == "log" && !(range.low.real > 0)) {
    return {"is logarithmic and begins at or below 0", "begin above 0, or use lin"};
  }
  for (std::int64_t i = 0; i < count; ++i) {
    const bool at_end = i == 0 || i == count - 1;
    const Number& end = i == 0 ? range.low : range.high;
    std::string value = !at_end                   ? evenly(range, i, count - 1)
                        : end.kind == Kind::kReal ? spelled(end.real)
                                                  : spelled(end.kind, end.exact);
    if (!values.empty() && values.back() == value) {
      return {"gives " + value + " twice",
              range.low.kind == Kind::kWhole
                  ? "ask for fewer values; or write the ends as 1.0, for fractions"
                  : "ask for fewer values"};
    }
    values.push_back(std::move(value));
  }
  return {};
}

}  // namespace

bool looks_like_a_range(const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos || dots == 0) return false;
  const std::size_t first = text[0] == '-' ? 1 : 0;
  return text[first] >= '0' && text[first] <= '9';
}

TextError read_range(const std::string& text, std::vector<std::string>& values) {
  ValueRange range;
  if (TextError error = take_apart(text, range)) return error;
  values.clear();
  const bool stepwise = range.mode.empty() || range.mode == "step";
  return stepwise ? read_steps(range, values) : read_even(range, values);
}

}  // namespace gilsim::scenario
