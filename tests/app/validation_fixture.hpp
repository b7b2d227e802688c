// Reports with round figures, made by hand.
#pragma once

#include <string>
#include <vector>

#include "app/report.hpp"

namespace gilsim::app::test {

inline MetricReport metric(const std::string& name, const std::string& unit, double predicted,
                           const std::vector<double>& measured) {
  MetricReport report;
  report.metric = name;
  report.unit = unit;
  report.predicted = analysis::Band{predicted, predicted * 0.9, predicted * 1.1};
  report.values = measured;
  if (!measured.empty()) report.measured = analysis::band_of(measured);
  report.runs = static_cast<int>(measured.size());
  return report;
}

// A batch on two cores that was predicted to take `predicted`.
inline PointReport batch(model::StrategyKind kind, int workers, double predicted,
                         const std::vector<double>& measured) {
  PointReport report;
  report.point.strategy = model::name_of(kind);
  report.point.workers = workers;
  report.point.interpreter = "3.11.2";
  report.point.configuration.strategy = kind;
  report.point.configuration.workers = workers;
  report.point.configuration.machine.cores = 2;
  report.metrics = {metric("wall", "ns", predicted, measured)};
  return report;
}

inline ScenarioReport scenario_of(const std::string& name, const std::vector<PointReport>& points) {
  ScenarioReport scenario;
  scenario.name = name;
  scenario.points = points;
  return scenario;
}

inline bool everything(const ScenarioReport&) { return true; }

}  // namespace gilsim::app::test
