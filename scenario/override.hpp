// Overrides (`--set a.b[2].c=VALUE`) edit the tree before it is read, so that one code path checks
// what a file and what an override says. VALUE is YAML. Keys that the path names and the file lacks
// are added and marked: the reader accepts those that are declared.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "scenario/node.hpp"

namespace gilsim::scenario {

// Keeps the overrides as sources in `sources`, which must outlive the tree.
void apply_overrides(const std::vector<std::string>& overrides, Node& root,
                     std::deque<Source>& sources, Problems& problems);

}  // namespace gilsim::scenario
