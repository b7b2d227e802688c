// How each thing that a thread may be about looks and is called, in tables, in the terminal and in
// pictures. The height of a bar says as much as its colour: tall with the lock, half as tall for
// code that needs none, flat for what waits. Colours: Okabe and Ito, as in plots/common.gp.
#pragma once

#include <span>

#include "models/timeline/activity.hpp"

namespace gilsim::app {

struct ActivityLook {
  model::Activity activity;
  const char* words;   // in a legend
  const char* column;  // over a column of a table
  const char* glyph;   // one character in the terminal
  const char* color;
  double height;  // of the bar, where rows are 1 apart
};

// In the order of a legend; absent threads have no look.
std::span<const ActivityLook> activity_looks();
const ActivityLook& look_of(model::Activity activity);

}  // namespace gilsim::app
