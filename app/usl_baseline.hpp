// The Universal Scalability Law as a rival: fitted to a batch's real runs with 1 and 2 workers, it
// says what more workers take. It needs measurements of the very program, which the others do not.
#pragma once

#include <string>

#include "app/report.hpp"

namespace gilsim::app {

inline constexpr const char* kUslBaseline = "usl, measured at 1 and 2";

// Whether a baseline needs real runs of the program that it predicts.
bool needs_measurements(const std::string& baseline);

// Adds it to wall and speedup of points with more than 2 workers whose strategy was also measured
// with 1 and with 2.
void add_usl_baseline(ScenarioReport& scenario);

}  // namespace gilsim::app
