#include <algorithm>

#include "analysis/critical_path.hpp"
#include "app/demands.hpp"
#include "app/format.hpp"
#include "app/lessons.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

constexpr int kDraws = 21;
constexpr auto kLeft = TextTable::Align::kLeft;

struct Bounds {
  double work = 0, span = 0, at_least = 0, at_most = 0;
};

// Means over the draws.
Bounds bounds_of(const model::Configuration& configuration) {
  Bounds mean;
  for (int i = 0; i < kDraws; ++i) {
    const analysis::BatchDemands demands =
        demands_of(configuration, 1, static_cast<std::uint64_t>(i));
    const double work = demands.computing + demands.blocking;
    const std::vector<analysis::Bound> bounds = analysis::bounds_of(demands);
    mean.work += work / kDraws;
    mean.span += demands.span / kDraws;
    mean.at_least += (bounds.empty() ? 0 : bounds.front().time) / kDraws;
    mean.at_most += analysis::greedy_bound(work, demands.span, demands.workers) / kDraws;
  }
  return mean;
}

}  // namespace

std::vector<std::string> graph_lessons(const ScenarioReport& scenario) {
  TextTable table;
  table.add_column("point", kLeft);
  table.add_column("work");
  table.add_column("span");
  table.add_column("at least");
  table.add_column("predicted");
  table.add_column("greedy, at most");
  for (const PointReport& point : scenario.points) {
    const MetricReport* const wall = point.metric("wall");
    if (wall == nullptr || !wall->predicted) continue;
    const Bounds bounds = bounds_of(point.point.configuration);
    table.add_row({point.point.label(), human_time(bounds.work), human_time(bounds.span),
                   human_time(bounds.at_least), human_value(wall->predicted->median, wall->unit),
                   human_time(bounds.at_most)});
  }
  return {
      "Work and span: the longest way through the graph is " +
          critical_stages(scenario.points.front().point.configuration, 1) +
          ". Workers that are never idle while a task is ready, each with a core of its own and "
          "no lock to wait for, take at most work / workers + span * (1 - 1 / workers).\n",
      table.text()};
}

}  // namespace gilsim::app
