// Runs the points of a sweep on several threads and hands their records on in the order of the
// points, whichever is done first. Every point has the same seed and the same replications, so that
// points differ by their settings and not by their draws.
#pragma once

#include <functional>

#include "app/io.hpp"
#include "app/sweep_record.hpp"

namespace gilsim::app {

// Computes the points from `first` on. When io.stop is set, points that have begun are finished and
// handed on, others are not begun. Calls of `record` never overlap. Rethrows what it throws.
void run_sweep(const SweepPlan& plan, std::size_t first, int jobs, Io& io,
               const std::function<void(const Json&)>& record);

}  // namespace gilsim::app
