#include "app/plot_axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace gilsim::app {
namespace {

constexpr double kMargin = 1.25;    // factor of free space at each end
constexpr double kNarrowest = 5.0;  // factor between the ends, at least

std::vector<double> steps_of(double decades) {
  if (decades > 2.5) return {1};
  if (decades > 1.6) return {1, 3};
  if (decades > 0.9) return {1, 2, 5};
  return {1, 1.5, 2, 3, 5, 7};
}

// UTF-8 characters, not bytes.
std::size_t length_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string scaled_name(double value, double scale, const char* suffix) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.4g", value / scale);
  return std::string(text) + suffix;
}

}  // namespace

LogAxis log_axis(const std::vector<double>& values, const std::string& unit) {
  std::vector<double> positive;
  std::copy_if(values.begin(), values.end(), std::back_inserter(positive),
               [](double value) { return std::isfinite(value) && value > 0; });
  LogAxis axis;
  if (!positive.empty()) {
    const auto [smallest, largest] = std::minmax_element(positive.begin(), positive.end());
    const double widen = std::sqrt(std::max(1.0, kNarrowest / (*largest / *smallest)));
    axis.low = *smallest / std::max(kMargin, widen);
    axis.high = *largest * std::max(kMargin, widen);
  }
  const std::vector<double> steps = steps_of(std::log10(axis.high / axis.low));
  const int last = static_cast<int>(std::floor(std::log10(axis.high)));
  for (int power = static_cast<int>(std::floor(std::log10(axis.low))); power <= last; ++power) {
    for (const double step : steps) {
      const double value = step * std::pow(10.0, power);
      if (value >= axis.low && value <= axis.high) {
        axis.tics.push_back({value, tic_name(value, unit)});
      }
    }
  }
  return axis;
}

std::string tic_name(double value, const std::string& unit) {
  if (unit == "s") {
    if (value < 0.9999e-6) return scaled_name(value, 1e-9, " ns");
    if (value < 0.9999e-3) return scaled_name(value, 1e-6, " µs");
    if (value < 0.9999) return scaled_name(value, 1e-3, " ms");
    return scaled_name(value, 1, " s");
  }
  if (value < 999.9) return scaled_name(value, 1, "");
  if (value < 999.9e3) return scaled_name(value, 1e3, " k");
  if (value < 999.9e6) return scaled_name(value, 1e6, " M");
  return scaled_name(value, 1e9, " G");
}

std::string short_name(double value, const std::string& unit) {
  if (value == 0 || !std::isfinite(value)) return tic_name(value, unit);
  const double step = std::pow(10.0, std::floor(std::log10(std::fabs(value))) - 2);
  return tic_name(std::round(value / step) * step, unit);
}

std::string wrapped(const std::string& text, std::size_t width) {
  std::string result, line;
  const auto end_line = [&] {
    result += (result.empty() ? "" : "\n") + line;
    line.clear();
  };
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find_first_of(" \n\t", at);
    if (end == std::string::npos) end = text.size();
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (!line.empty() && length_of(line) + 1 + length_of(word) > width) end_line();
    line += (line.empty() ? "" : " ") + word;
  }
  if (!line.empty()) end_line();
  return result;
}

std::string balanced(const std::string& text, std::size_t width) {
  std::string best = wrapped(text, width);
  for (std::size_t narrower = width; narrower > width / 2; --narrower) {
    const std::string candidate = wrapped(text, narrower);
    if (lines_of(candidate) > lines_of(best)) break;
    best = candidate;
  }
  return best;
}

int lines_of(const std::string& text) {
  return 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace gilsim::app
