// The man page and the bash completion, made from the same declarations as --help.
#pragma once

#include <string>
#include <vector>

#include "app/command.hpp"

namespace gilsim::app {

std::string man_page(const std::vector<Command>& commands);  // man(7), section 1
std::string bash_completion(const std::vector<Command>& commands);

}  // namespace gilsim::app
