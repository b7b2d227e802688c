// Which interpreter was recorded, as a scenario names it, and what the host profile knows of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/trace/bursts.hpp"
#include "models/host_profile.hpp"

namespace gilsim::app {

// "3.11" of "3.11.2 (main, ...".
std::string minor_version(const std::string& interpreter);

// Throws UsageError where the profile lacks the version.
const model::InterpreterParameters& parameters_of(const model::HostProfile& profile,
                                                  const std::string& version);

// The interval that waits for the lock timed out after: what the kernel added is taken off, and two
// digits are kept. Nothing: no wait has timed out, or so few, after more than the default interval,
// that their threads may just have come late to a core.
std::optional<sim::Duration> interval_seen(const std::vector<trace::ThreadBursts>& bursts,
                                           const model::HostProfile& profile);

}  // namespace gilsim::app
