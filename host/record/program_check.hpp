// What a command line will start, before it is started: a program that a preload library can't get
// into is refused with the reason.
#pragma once

#include <string>

namespace gilsim::host {

// The file that the shell would run. Throws HostError: not found, not executable, a program that
// runs with another user's rights, statically linked, for another machine.
std::string find_recordable_program(const std::string& name);

}  // namespace gilsim::host
