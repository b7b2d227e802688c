// UTF-8: what a column is and where a caret goes. A column counts characters (code points); a caret
// is placed by width on a terminal, wide and combining characters included. The width table is
// short: scripts and emoji that people write in comments and questions, not all of Unicode.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gilsim::scenario {

// Decodes the character at `position` and moves past it. Returns -1, moving by one byte, where the
// bytes are no UTF-8 (overlong forms and surrogates included).
int next_character(std::string_view text, std::size_t& position);

// Characters in the first `bytes` bytes.
int characters_before(std::string_view text, std::size_t bytes);

// White space as wide as the first `characters` characters; tabs stay tabs.
std::string blank_prefix(std::string_view text, int characters);

}  // namespace gilsim::scenario
