// The two halves of reading a scenario: text to tree, tree to scenario. In one piece they are
// read_scenario(); a family of scenarios (scenario/family.hpp) edits the tree in between.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "scenario/node.hpp"
#include "scenario/scenario.hpp"

namespace gilsim::scenario {

// A file's text; throws ScenarioError, with `hint`, where it can't be read.
std::string read_text(const std::string& path, const std::string& hint);
inline constexpr const char* kScenarioHint = "`gilsim list scenarios` shows the gallery";

// The document's tree with the overrides applied. Throws if it is no mapping to read from.
// `sources` must outlive the tree.
Node read_tree(const std::string& text, const std::string& name,
               const std::vector<std::string>& overrides, std::deque<Source>& sources,
               Problems& problems);

// Reads and checks as a whole; throws ScenarioError with what `problems` holds then.
Scenario scenario_of(const Node& root, Problems& problems);

}  // namespace gilsim::scenario
