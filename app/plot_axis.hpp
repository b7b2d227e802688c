// A logarithmic axis: its range and the values it names; and text cut into lines.
#pragma once

#include <string>
#include <vector>

namespace gilsim::app {

struct Tic {
  double value = 0;
  std::string name;
};

struct LogAxis {
  double low = 1;
  double high = 10;
  std::vector<Tic> tics;  // never empty
};

// Of the positive ones among the values; 1 to 10 where there is none. `unit` as in PlotPoint.
LogAxis log_axis(const std::vector<double>& values, const std::string& unit);

// "200 ms", "50 µs", "18.5 k", "0.5".
std::string tic_name(double value, const std::string& unit);

// The same with three digits at most.
std::string short_name(double value, const std::string& unit);

// Lines of at most `width` characters, cut at spaces where there are any.
std::string wrapped(const std::string& text, std::size_t width);
// The same number of lines, as equal in length as words allow.
std::string balanced(const std::string& text, std::size_t width);
int lines_of(const std::string& text);

}  // namespace gilsim::app
