// How an interpreter's version is written, and which one a version means that somebody asks for.
//
// A free-threaded build ends in `t`, as its program does (python3.13t, PEP 703) and as version
// managers name it: "3.13.0t". Without the `t` the build with the lock is meant, never the other:
// they are different interpreters of one version. Other build variants (debug, ABI flags) are left
// out.
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace gilsim::model {

// "3.13.0" or "3.13.0t".
inline std::string written_version(const std::string& version, bool free_threaded) {
  return free_threaded ? version + "t" : version;
}

// Whether `wanted`, a written version or its leading parts ("3.13t", "3"), means the interpreter
// whose written version is `written`.
inline bool is_version(std::string_view written, std::string_view wanted) {
  const auto drop_t = [](std::string_view& text) {
    const bool free_threaded = !text.empty() && text.back() == 't';
    if (free_threaded) text.remove_suffix(1);
    return free_threaded;
  };
  if (drop_t(written) != drop_t(wanted)) return false;
  if (written.substr(0, wanted.size()) != wanted) return false;
  return written.size() == wanted.size() || written[wanted.size()] == '.';
}

// {3, 11} of "3.11.2"; {0, 0} of what is no version.
using VersionNumber = std::pair<int, int>;
inline VersionNumber version_number(std::string_view text) {
  VersionNumber version{0, 0};
  const char* const end = text.data() + text.size();
  const auto [dot, error] = std::from_chars(text.data(), end, version.first);
  if (error == std::errc{} && dot != end) std::from_chars(dot + 1, end, version.second);
  return version;
}

// asyncio.run came with 3.7.
inline bool has_asyncio(std::string_view version) {
  return version_number(version) >= VersionNumber{3, 7};
}

// Interpreters with a lock each (PEP 684) came with 3.12.
inline bool has_isolated_interpreters(std::string_view version) {
  return version_number(version) >= VersionNumber{3, 12};
}

}  // namespace gilsim::model
