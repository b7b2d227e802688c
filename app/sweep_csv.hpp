// Records of a sweep as CSV: a row for each figure of each point, a column for each varied key.
#pragma once

#include <string>

#include "app/sweep_record.hpp"

namespace gilsim::app {

std::string sweep_csv_header(const SweepPlan& plan);
std::string sweep_csv_rows(const Json& record);

}  // namespace gilsim::app
