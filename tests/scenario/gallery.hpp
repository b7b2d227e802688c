// The files of configs/ that are checked in.
#pragma once

#include <string>
#include <vector>

namespace gilsim::scenario {

std::string source_path(const std::string& path);   // from the root of the sources
std::string text_of(const std::string& full_path);  // throws if it can't be read

// Every scenario below configs/; host profiles are elsewhere.
std::vector<std::string> gallery_paths();

}  // namespace gilsim::scenario
