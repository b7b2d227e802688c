// A report as CSV (RFC 4180): one line a point and metric, a header line first. Baselines have a
// column each; an absent value is an empty field.
#pragma once

#include <string>

#include "app/report.hpp"

namespace gilsim::app {

std::string report_csv(const Report& report);

// Quoted where it holds a comma, a quote or a line break.
std::string csv_field(const std::string& text);

}  // namespace gilsim::app
