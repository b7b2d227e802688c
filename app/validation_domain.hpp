// Where predictions can be trusted: errors by kind of case, and the targets that were set before.
#pragma once

#include <string>

#include "app/report.hpp"

namespace gilsim::app {

// Of open and held-out cases together, by strategy or kind of threads and by cores.
std::string domain_text(const Report& report);

// The targets on the held-out cases, met or missed.
std::string targets_text(const Report& report);

}  // namespace gilsim::app
