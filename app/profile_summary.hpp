// The main figures of a host profile, for people.
#pragma once

#include <string>

#include "models/host_profile.hpp"

namespace gilsim::app {

std::string profile_summary(const model::HostProfile& profile);

}  // namespace gilsim::app
