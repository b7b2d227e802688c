// The metrics of one run, simulated or real. Batch: wall and cpu, in nanoseconds. Explicit threads:
// NAME.rate in operations per second, NAME.p50, NAME.p95 and NAME.p99 of the latencies of threads
// that wait.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/quantile.hpp"
#include "models/configuration.hpp"
#include "models/simulation.hpp"

namespace gilsim::app {

struct Figure {
  std::string metric;
  std::string unit;  // "ns", "1/s", "count", "1"
  double value = 0;
};

struct RunFigures {
  std::vector<Figure> figures;
  double lock_handovers = -1;  // -1: not seen
  double forced_drops = -1;    // -1: not seen
  double voluntary_switches = 0;
  double involuntary_switches = 0;

  std::optional<double> value(const std::string& metric) const;
};

// A thread without a single operation has a rate of 0 and no latencies.
RunFigures figures_of(const model::Configuration& configuration, const model::Outcome& outcome);

// Whether a thread's program waits for something: its latencies are then worth a look.
bool waits(const std::vector<model::Step>& program);

// Of each metric, its values by run; `reference` (the runs of `sequential`, may be nullptr) adds
// `speedup`, run by run: both had the same draws.
struct Series {
  std::string metric;
  std::string unit;
  std::vector<double> values;
};
std::vector<Series> series_of(const std::vector<RunFigures>& runs,
                              const std::vector<RunFigures>* reference);

}  // namespace gilsim::app
