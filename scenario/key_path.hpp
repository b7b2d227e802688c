// The left side of `a.b[2].c=VALUE`: which node of a tree an override or a varied key means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/node.hpp"

namespace gilsim::scenario {

// One part of a path: a key, or an index into a list.
struct KeySegment {
  std::string key;
  std::optional<std::size_t> index;
  Mark mark;
  std::size_t end = 0;  // of its text
};

struct KeyPath {
  std::vector<KeySegment> segments;
  std::string text;  // as typed, without the '='
};

// How complaints speak of the text that the path begins.
struct PathWords {
  const char* what;  // "override"
  const char* hint;
};

// The path up to the '=' of `text`, which is all of `source`; nothing, with a complaint, if it is
// none.
std::optional<KeyPath> parse_key_path(const std::string& text, const Source& source,
                                      const PathWords& words, Problems& problems);

// Puts `value` where the path leads. Keys that the tree lacks are added and marked: the reader
// accepts those that are declared. Complains about a path that leads nowhere.
void put_at(const KeyPath& path, Node value, Node& root, Problems& problems);

}  // namespace gilsim::scenario
