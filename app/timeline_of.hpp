// A point simulated once, watched; and what its pictures say of where it comes from.
#pragma once

#include "app/pictures.hpp"
#include "app/study.hpp"
#include "models/timeline/timeline.hpp"

namespace gilsim::app {

// Spans of [from, to] only. Throws UsageError where the point can't be simulated.
model::Timeline timeline_of(const scenario::Point& point, std::uint64_t seed,
                            std::uint64_t replication, sim::Time from, sim::Time to);

// The part of it that a picture can show: what lies before `from` and after `to` is cut off, and,
// without `to`, what comes after the first few hundred changes.
model::Timeline readable_part(const model::Timeline& timeline, sim::Time from,
                              std::optional<sim::Time> to);

// Latencies of all operations of so many replications, thread by thread; of a batch those of its
// tasks. Threads that only compute are left out: their operations are slices of one computation.
std::vector<Latencies> latencies_of(const scenario::Point& point, std::uint64_t seed,
                                    int replications);

// The frame of a picture that is made of one point.
PlotReport picture_source(const Study& study, const scenario::Point& point,
                          const std::string& reproduce, int replications = 1);

}  // namespace gilsim::app
