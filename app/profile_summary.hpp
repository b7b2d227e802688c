// The main figures of a host profile, for people.
#pragma once

#include <string>

#include "host/calibrate.hpp"
#include "models/host_profile.hpp"

namespace gilsim::app {

std::string profile_summary(const model::HostProfile& profile);

// What was in the way of a calibration so much that its profile is not to be trusted: other
// programs, rates that stayed slow, a speed that changed meanwhile. Empty: nothing.
std::string disturbances(const host::Calibration& calibration);

// A line that says what had to be measured again; empty: nothing.
std::string repetitions(const host::Calibration& calibration);

}  // namespace gilsim::app
