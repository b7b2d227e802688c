// `--vary a.b[2].c=VALUES`: a key of a scenario and the values it takes in turn. VALUES are
// separated by commas outside brackets and quotes; each is YAML, as after --set, or a range
// (scenario/vary_range.hpp). The key is named as for --set.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/key_path.hpp"

namespace gilsim::scenario {

struct VariedKey {
  KeyPath path;
  std::vector<std::string> texts;  // as a person would write each value
  std::vector<Node> values;
  Mark mark;  // of the values
};

// `text` is all of `source`, which must outlive the result. Nothing, with a complaint, where it is
// no variation.
std::optional<VariedKey> read_varied_key(const std::string& text, const Source& source,
                                         Problems& problems);

}  // namespace gilsim::scenario
