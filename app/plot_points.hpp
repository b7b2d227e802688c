// The part of a report that pictures show, read from its JSON and checked.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/quantile.hpp"

namespace gilsim::app {

// Times in seconds, rates per second, ratios as they are.
struct PlotPoint {
  std::string scenario;
  std::string file;
  std::string question;
  std::string strategy;
  int workers = 1;
  int cores = 1;
  std::string interpreter;
  double switch_interval = 0;
  std::string lock;  // its model; empty: not said
  std::string note;  // what else is varied: "chunk_size 4"
  std::string metric;
  std::string unit;  // "s", "1/s", "1"
  std::optional<analysis::Band> predicted;
  std::optional<analysis::Band> measured;
  int runs = 0;  // behind `measured`
};

struct PlotReport {
  std::string version;
  std::string reproduce;
  int replications = 0;
  std::string processor;
  std::string kernel;
  int host_cores = 0;
  std::vector<PlotPoint> points;

  // Points by scenario file, in the order of the report.
  std::vector<std::vector<PlotPoint>> by_scenario() const;
};

// Throws PlotReportError, which names the field: "points[3].predicted.median".
PlotReport read_plot_report(const nlohmann::json& report);

}  // namespace gilsim::app
