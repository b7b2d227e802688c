// What a program found: a line of a table each, or all of it as JSON.
#pragma once

#include <ostream>
#include <string_view>
#include <vector>

#include "bench/measured.hpp"
#include "bench/plan.hpp"

namespace gilsim::bench {

struct Finding {
  Point point;  // with the amount that was asked for
  std::int64_t operations = 0;
  double best = 0;    // ns per operation
  double median = 0;  // ns per operation
  double check = 0;
  std::int64_t peak_resident_bytes = 0;
  std::int64_t repetitions = 0;
};

// Precondition: not empty. Throws std::runtime_error where the repetitions differ in what they did.
Finding summarise(const Point& point, const std::vector<Measured>& repetitions);

void write_heading(std::ostream& out);
void write_line(std::ostream& out, const Finding& finding);
// JSON, with the targets.
void write_plan(std::ostream& out, std::string_view program, const std::vector<Point>& points);
void write_json(std::ostream& out, std::string_view program, const std::vector<Finding>& findings);

}  // namespace gilsim::bench
