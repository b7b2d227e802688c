// What must hold for any input at all, whoever made it up: it is accepted, and then prints and
// reads back equal, or it is refused, and then every complaint has a message and a place in its
// text. Shared by the fuzzers, which search for an input that breaks it, and by the test that
// replays what they kept. Leaves out whether the right inputs are accepted: tests/scenario/ knows
// that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gilsim::fuzz {

// Each throws std::logic_error, saying what does not hold. True: the input was accepted.
bool read_as_scenario(const std::string& text);
bool read_as_host_profile(const std::string& text);
// Overrides of a batch and of named threads, separated by zero bytes: a byte that no override may
// contain, so that nothing else is lost by it.
bool read_as_overrides(const std::string& text);

}  // namespace gilsim::fuzz
