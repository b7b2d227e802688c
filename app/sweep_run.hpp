// Runs the points of a sweep on several threads and hands their records on in the order of the
// points, whichever is done first. Every point has the same seed and the same replications, so that
// points differ by their settings and not by their draws.
#pragma once

#include <functional>

#include "app/io.hpp"
#include "app/sweep_record.hpp"

namespace gilsim::app {

// Every `of`-th combination, from the one numbered `one` on.
struct SweepPart {
  std::size_t one = 0;
  std::size_t of = 1;
};

// Computes the points from `first` on, of the combinations of `part`. When io.stop is set, points
// that have begun are finished and handed on, others are not begun. Calls of `record` never
// overlap. Rethrows what it throws.
void run_sweep(const SweepPlan& plan, std::size_t first, int jobs, Io& io,
               const std::function<void(const Json&)>& record, SweepPart part = {});

}  // namespace gilsim::app
