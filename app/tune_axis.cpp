#include "app/tune_axis.hpp"

#include <cmath>
#include <cstdio>

#include "scenario/duration.hpp"
#include "scenario/number.hpp"

namespace gilsim::app {
namespace {

constexpr double kNear = 1.1;

std::optional<AxisValue> middle(const AxisValue& value, const std::optional<AxisValue>& other) {
  if (!other || value.number <= 0 || other->number <= 0) return std::nullopt;
  const double ratio =
      value.number > other->number ? value.number / other->number : other->number / value.number;
  if (ratio < kNear) return std::nullopt;
  AxisValue between = value;
  between.number = std::sqrt(value.number * other->number);
  if (between.is_whole) between.number = std::round(between.number);
  return between;
}

std::string two_digits(double number) {
  char text[32];
  std::snprintf(text, sizeof text, number < 9.95 ? "%.1f" : "%.0f", number);
  std::string result = text;
  if (result.size() > 2 && result.compare(result.size() - 2, 2, ".0") == 0) {
    result.resize(result.size() - 2);
  }
  return result;
}

double with_two_digits(double number) {
  if (number <= 0) return number;
  const double step = std::pow(10.0, std::floor(std::log10(number)) - 1);
  return std::round(number / step) * step;
}

}  // namespace

std::optional<AxisValue> axis_value(const std::string& text) {
  AxisValue value;
  sim::Duration time;
  if (!scenario::read_duration(text, time)) {
    value.number = static_cast<double>(time.count());
    value.is_duration = true;
    return value;
  }
  if (scenario::parse_real(text, value.number)) return std::nullopt;
  value.is_whole = text.find_first_not_of("0123456789") == std::string::npos;
  return value;
}

std::string axis_text(const AxisValue& value) {
  if (value.is_whole) return std::to_string(static_cast<long long>(value.number));
  const double number = with_two_digits(value.number);
  if (!value.is_duration) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2g", number);
    return text;
  }
  struct Unit {
    double size;
    const char* name;
  };
  for (const Unit unit : {Unit{1e9, "s"}, Unit{1e6, "ms"}, Unit{1e3, "us"}}) {
    if (number >= unit.size) return two_digits(number / unit.size) + unit.name;
  }
  return two_digits(number) + "ns";
}

Neighbours neighbours_of(const AxisValue& value, const std::vector<AxisValue>& tried) {
  Neighbours all;
  for (const AxisValue& other : tried) {
    if (other.number < value.number && (!all.below || other.number > all.below->number)) {
      all.below = other;
    }
    if (other.number > value.number && (!all.above || other.number < all.above->number)) {
      all.above = other;
    }
  }
  return all;
}

std::vector<std::string> between_neighbours(const AxisValue& value,
                                            const std::vector<AxisValue>& tried) {
  const Neighbours next = neighbours_of(value, tried);
  std::vector<std::string> texts;
  for (const auto& side : {next.below, next.above}) {
    const auto between = middle(value, side);
    if (!between) continue;
    const std::string text = axis_text(*between);
    const double rounded = axis_value(text)->number;
    if (rounded != value.number && rounded != side->number) texts.push_back(text);
  }
  return texts;
}

}  // namespace gilsim::app
