#include "app/validation_pictures.hpp"

#include "app/plot_points.hpp"
#include "app/validation_page.hpp"
#include "app/validation_scores.hpp"

namespace gilsim::app {
namespace {

constexpr double kSecond = 1e9;  // in nanoseconds

analysis::Band scaled(const analysis::Band& band, double by) {
  return {band.median * by, band.low * by, band.high * by};
}

std::string group_of(const ScoredFigure& figure) {
  if (is_held_out(*figure.scenario)) return "held out";
  const model::Configuration& configuration = figure.point->point.configuration;
  if (configuration.is_batch()) return figure.point->point.strategy;
  return configuration.machine.cores == 1 ? "1 core" : "more cores";
}

PlotPoint plotted(const ScoredFigure& figure) {
  const scenario::Point& of = figure.point->point;
  PlotPoint point;
  point.scenario = point.file = group_of(figure);
  point.strategy = of.strategy;
  point.workers = of.workers;
  point.cores = of.configuration.machine.cores;
  point.interpreter = of.interpreter;
  point.metric = figure.quantity;
  const bool is_time = figure.metric->unit == "ns";
  point.unit = is_time ? "s" : figure.metric->unit == "1/s" ? "1/s" : "1";
  point.predicted = scaled(*figure.metric->predicted, is_time ? 1 / kSecond : 1);
  point.measured = scaled(*figure.metric->measured, is_time ? 1 / kSecond : 1);
  point.runs = figure.metric->runs;
  return point;
}

std::vector<ComparedPanel> panels_of(const std::vector<ScoredFigure>& figures,
                                     const std::vector<std::string>& wanted, bool batches) {
  std::vector<ComparedPanel> panels;
  for (const std::string& quantity : wanted) {
    ComparedPanel panel{quantity, {}};
    for (const ScoredFigure& figure : figures) {
      if (figure.quantity != quantity || figure.metric->predicted->median <= 0) continue;
      if (figure.point->point.configuration.is_batch() != batches) continue;
      panel.points.push_back(plotted(figure));
    }
    if (!panel.points.empty()) panels.push_back(std::move(panel));
  }
  return panels;
}

}  // namespace

std::vector<Picture> validation_pictures(const Report& report, const std::string& name) {
  const auto figures = scored_figures(report, [](const ScenarioReport&) { return true; });
  PlotReport head;
  head.version = GILSIM_VERSION;
  head.reproduce = report.reproduce;
  head.replications = report.replications;
  head.processor = report.host.processor;
  head.kernel = report.host.kernel;
  head.host_cores = report.cores;
  std::vector<Picture> pictures;
  const auto add = [&](const std::vector<ComparedPanel>& panels, const char* of) {
    if (!panels.empty()) pictures.push_back(compared_picture(head, panels, name + "-" + of));
  };
  add(panels_of(figures, {"wall", "speedup", "CPU time", "handovers"}, true), "batches");
  add(panels_of(figures, {"I/O rate", "p50", "p95", "p99"}, false), "threads");
  add(panels_of(figures, {"handovers", "rate beside I/O", "rate"}, false), "computing");
  return pictures;
}

}  // namespace gilsim::app
