#include "app/usl_baseline.hpp"

#include <optional>

#include "analysis/scalability_law.hpp"
#include "app/report_tables.hpp"

namespace gilsim::app {
namespace {

using analysis::MeasuredThroughput;

bool same_strategy(const PointReport& a, const PointReport& b) {
  return same_setting(a, b) && a.point.strategy == b.point.strategy;
}

// Batches a unit of time, run by run.
std::vector<MeasuredThroughput> small_runs(const ScenarioReport& scenario,
                                           const PointReport& point) {
  std::vector<MeasuredThroughput> runs;
  for (const PointReport& other : scenario.points) {
    if (!same_strategy(other, point) || other.point.workers > 2) continue;
    const MetricReport* const wall = other.metric("wall");
    if (wall == nullptr) continue;
    for (const double time : wall->values) {
      if (time > 0) runs.push_back({static_cast<double>(other.point.workers), 1 / time});
    }
  }
  return runs;
}

bool has_both(const std::vector<MeasuredThroughput>& runs) {
  bool one = false, two = false;
  for (const MeasuredThroughput& run : runs) (run.workers < 2 ? one : two) = true;
  return one && two;
}

std::optional<double> sequential_time(const ScenarioReport& scenario, const PointReport& point) {
  for (const PointReport& other : scenario.points) {
    const MetricReport* const wall = other.metric("wall");
    if (same_setting(other, point) && other.point.strategy == "sequential" && wall != nullptr &&
        wall->measured) {
      return wall->measured->median;
    }
  }
  return std::nullopt;
}

}  // namespace

bool needs_measurements(const std::string& baseline) { return baseline == kUslBaseline; }

void add_usl_baseline(ScenarioReport& scenario) {
  for (PointReport& point : scenario.points) {
    if (!point.point.configuration.is_batch() || point.point.workers <= 2) continue;
    const std::vector<MeasuredThroughput> runs = small_runs(scenario, point);
    if (!has_both(runs)) continue;
    const double wall = 1 / analysis::fit_scalability_law(runs).throughput(point.point.workers);
    const std::optional<double> alone = sequential_time(scenario, point);
    for (MetricReport& metric : point.metrics) {
      if (metric.metric == "wall") metric.baseline[kUslBaseline] = wall;
      if (metric.metric == "speedup" && alone) metric.baseline[kUslBaseline] = *alone / wall;
    }
  }
}

}  // namespace gilsim::app
