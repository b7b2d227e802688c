// Which host profile a prediction stands on, and whether this host is the one it was measured on.
#pragma once

#include <optional>
#include <string>

#include "models/host_profile.hpp"

namespace gilsim::app {

// Where `calibrate` writes and `this` reads: $GILSIM_PROFILE, else
// $XDG_CONFIG_HOME/gilsim/this.yaml, else ~/.config/gilsim/this.yaml.
std::string user_profile_path();

// `this`; a file when it has a '/' or ends in .yaml; else hosts/NAME.yaml or
// configs/hosts/NAME.yaml, from the scenario's folder upward, then from the current folder upward.
// Throws UsageError.
std::string find_host_profile(const std::string& choice, const std::string& scenario_path);

// The nearest folder `relative` (as "configs/hosts") at or above `start`; empty: none.
std::string folder_above(const std::string& start, const std::string& relative);

// Real runs are compared with predictions from measurements of this very host. Throws UsageError
// that names what differs.
void require_this_host(const model::HostProfile& profile, const std::string& profile_path);

}  // namespace gilsim::app
