// "did you mean": the known name nearest to a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gilsim::scenario {

// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
int edit_distance(std::string_view a, std::string_view b);

// The nearest of `known`, if near enough to be what was meant; else empty.
std::string nearest(const std::string& name, const std::vector<std::string>& known);

// "did you mean 'tasks'?", or "known keys: a, b, c" for what = "keys", or nothing.
std::string suggestion(const std::string& name, const std::vector<std::string>& known,
                       const std::string& what);

// "known keys: a, b, c", or nothing.
std::string known_names(const std::vector<std::string>& known, const std::string& what);

std::string join(const std::vector<std::string>& parts, const std::string& separator = ", ");

}  // namespace gilsim::scenario
