// A tree as YAML text: block style, with lists and mappings of short values on one line. A key
// without a value becomes a comment, its text saying why.
#pragma once

#include <string>

#include "scenario/node.hpp"

namespace gilsim::scenario {

std::string emit_yaml(const Node& root);

// On one line: {time: 5ms, lock: held}.
std::string emit_flow(const Node& node);

}  // namespace gilsim::scenario
