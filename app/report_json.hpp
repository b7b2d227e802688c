// A report as JSON, schema 1: times are integers in nanoseconds, an absent value is null, and a
// number that is not finite is a mistake of ours, never null.
#pragma once

#include <string>

#include "app/report.hpp"

namespace gilsim::app {

// Throws std::logic_error where a figure is not finite.
std::string report_json(const Report& report);

}  // namespace gilsim::app
