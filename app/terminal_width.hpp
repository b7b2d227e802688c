// How wide drawings for the terminal are: $COLUMNS, within reason.
#pragma once

#include <algorithm>
#include <cstdlib>

namespace gilsim::app {

inline int terminal_width() {
  const char* const columns = std::getenv("COLUMNS");
  return std::clamp(columns == nullptr ? 100 : std::atoi(columns), 60, 200);
}

}  // namespace gilsim::app
