// Where the recorder is that gets loaded into recorded programs.
#pragma once

#include <string>

namespace gilsim::host {

// Beside this program or where an installation puts it. Throws HostError: it is not there, or in a
// path that the loader can't take in.
std::string find_recorder();

}  // namespace gilsim::host
