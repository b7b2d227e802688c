// The longest way through an acyclic graph of tasks: its span, which no number of workers beats
// (R. Brent, "The parallel evaluation of general arithmetic expressions", 1974; R. Graham, 1969).
//
// With `work` the sum of all times, a schedule on p workers that never leaves one idle while a task
// is ready takes at least max(work / p, span) and at most work / p + span * (1 - 1 / p).
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace gilsim::analysis {

struct CriticalPath {
  double span = 0;
  std::vector<std::size_t> vertices;  // in order; the first of several that are as long
};

// `times`: of each vertex. Throws std::invalid_argument: an edge to nowhere, a cycle, a time that
// is negative or not finite.
CriticalPath critical_path(const std::vector<double>& times,
                           const std::vector<std::pair<std::size_t, std::size_t>>& edges);

// How long a greedy schedule on that many workers takes at most.
double greedy_bound(double work, double span, int workers);

}  // namespace gilsim::analysis
