// The main figures of a host profile, for people.
#pragma once

#include <string>

#include "models/host_profile.hpp"

namespace gilsim::app {

std::string profile_summary(const model::HostProfile& profile);

// A line to warn with when more than a tenth of the measurements stayed disturbed; else nothing.
std::string disturbance_warning(int left_disturbed, int measurements);

}  // namespace gilsim::app
