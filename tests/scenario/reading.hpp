// What reading a text complains about, as a person sees it.
#pragma once

#include <string>
#include <vector>

#include "scenario/read.hpp"

namespace gilsim::scenario {

// The report of a scenario called "test.yaml"; "fine" if there is nothing to complain about.
std::string complaint(const std::string& text, const std::vector<std::string>& overrides = {});

// A batch scenario with this as its list of steps, each a line without indentation.
std::string batch_of(const std::string& steps);

}  // namespace gilsim::scenario
