// A timeline for the terminal: a row a thread, then who has each lock and each core; and a table of
// where every thread's time went.
#pragma once

#include <string>

#include "models/timeline/timeline.hpp"

namespace gilsim::app {

// Each character stands for what the thread was about longest in its share of the window.
std::string timeline_drawing(const model::Timeline& timeline, int columns);

// Where the time of every thread went, as a bar; of the whole run.
std::string time_shares_drawing(const model::Timeline& timeline, int columns);

// Of the whole run, in shares of it.
std::string time_shares_table(const model::Timeline& timeline);

}  // namespace gilsim::app
