// Help texts, made from the same tables that the command line is parsed by.
#pragma once

#include <string>
#include <vector>

#include "app/command.hpp"

namespace gilsim::app {

std::string program_help(const std::vector<Command>& commands);  // fits a screen of 80 x 24
std::string command_help(const Command& command);
std::string version_line();

}  // namespace gilsim::app
