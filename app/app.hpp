// The program without its process: picks the command, runs it, turns errors into exit codes.
#pragma once

#include <string>
#include <vector>

#include "app/io.hpp"

namespace gilsim::app {

// `words` are the command line without the program's name.
int run_app(const std::vector<std::string>& words, Io& io);

}  // namespace gilsim::app
