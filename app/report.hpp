// What `run`, `measure` and `validate` found out, before it becomes a table, JSON or CSV.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "app/predict.hpp"
#include "app/real_runs.hpp"
#include "app/speed_watch.hpp"
#include "app/study.hpp"

namespace gilsim::app {

struct MetricReport {
  std::string metric;
  std::string unit;
  std::optional<analysis::Band> predicted;
  std::optional<analysis::Band> measured;
  int runs = 0;  // behind `measured`
  std::map<std::string, double> baseline;
  std::vector<double> values{};  // measured, by run

  std::optional<double> error() const;  // of the medians, relative; see analysis/comparison.hpp
};

struct PointReport {
  scenario::Point point;
  std::vector<MetricReport> metrics;
  std::optional<double> lock_handovers;      // simulated, median
  std::optional<double> forced_drops;        // simulated, median
  std::optional<double> voluntary_switches;  // measured, median
  std::optional<double> involuntary_switches;
  std::uint64_t fingerprint = 0;                // 0: nothing simulated
  std::vector<IllConditioned> ill_conditioned;  // what a race decides; conditioning.hpp

  const MetricReport* metric(const std::string& name) const;
  // Whether a race decides the metric: itself, or the main figure that it goes with.
  bool is_ill_conditioned(const std::string& metric) const;
};

struct ScenarioReport {
  std::string file;
  std::string name;
  std::string question;
  std::string host;           // for people: what the prediction stands on
  std::string configuration;  // resolved, YAML
  model::Named<model::Named<scenario::Range>> expect;
  std::vector<PointReport> points;
};

struct Report {
  std::string command;
  std::string reproduce;
  std::uint64_t seed = 1;
  int replications = 0;  // 0: nothing was simulated
  bool interrupted = false;
  model::HostIdentity host;
  int cores = 0;
  std::vector<SpeedWatch::Line> speeds;  // empty: not looked at
  std::vector<ScenarioReport> scenarios;
};

// The model of the interpreter lock that a point is predicted with; empty: there is none.
std::string lock_name(const model::Configuration& configuration);

// The index of the `sequential` that a point's speedup refers to.
std::optional<std::size_t> speedup_reference(const std::vector<scenario::Point>& points,
                                             std::size_t index);

// Points of all studies in order; an empty list of predictions or measurements: there are none.
std::vector<ScenarioReport> scenario_reports(const std::vector<Study>& studies,
                                             const std::vector<Prediction>& predictions,
                                             const std::vector<std::vector<RunFigures>>& measured,
                                             const PredictionOptions& options);

// Over every metric with a prediction and a measurement that the filter lets through.
using MetricFilter = std::function<bool(const MetricReport&)>;
analysis::Summary summary_of(const Report& report, const MetricFilter& filter = {});

}  // namespace gilsim::app
