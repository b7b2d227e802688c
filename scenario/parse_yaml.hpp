// YAML text to a tree with positions. The only place that knows yaml-cpp. Refused, with position:
// text that is no UTF-8, control characters, an empty file, more than one document, duplicate keys,
// keys that are no text, anchors, aliases, tags.
#pragma once

#include <optional>
#include <string>

#include "scenario/node.hpp"

namespace gilsim::scenario {

// `origin` is where the text begins in `source`. Nothing when there is no tree to go on with; the
// reason is then among the problems.
std::optional<Node> parse_yaml(const std::string& text, const Source& source, const Mark& origin,
                               Problems& problems);

}  // namespace gilsim::scenario
