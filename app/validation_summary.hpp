// What a validation comes to: errors, coverage, the baselines on the same figures, and whether the
// strategy predicted best was the one measured best.
#pragma once

#include <string>

#include "app/report.hpp"

namespace gilsim::app {

std::string validation_summary(const Report& report);

}  // namespace gilsim::app
