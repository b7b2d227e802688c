#include <algorithm>
#include <cmath>

#include "analysis/comparison.hpp"
#include "app/format.hpp"
#include "app/picture_parts.hpp"
#include "app/pictures.hpp"

namespace gilsim::app {
namespace {

// What a panel compares: quantities of one unit that people read as one kind.
std::string kind_of(const PlotPoint& point) {
  if (point.unit == "1/s") return "rate: operations per second";
  if (point.metric == "speedup") return "speedup over sequential";
  if (point.unit == "s" && point.metric.rfind(".p") != std::string::npos) return "latency";
  if (point.unit == "s") return "wall and CPU time";
  return point.metric;
}

const std::vector<std::string>& kind_order() {
  static const std::vector<std::string> order = {"wall and CPU time", "speedup over sequential",
                                                 "rate: operations per second", "latency"};
  return order;
}

using Panel = ComparedPanel;

std::vector<Panel> panels_of(const std::vector<PlotPoint>& points) {
  std::vector<Panel> panels;
  for (const std::string& kind : kind_order()) {
    Panel panel{kind, {}};
    std::copy_if(points.begin(), points.end(), std::back_inserter(panel.points),
                 [&](const PlotPoint& point) { return kind_of(point) == kind; });
    if (!panel.points.empty()) panels.push_back(std::move(panel));
  }
  return panels;
}

std::string row_of(const PlotPoint& point) {
  const analysis::Band& measured = *point.measured;
  const analysis::Band& predicted = *point.predicted;
  // A bound of 0 has no place on a logarithmic axis; the bar then ends at the edge.
  const auto bound = [](double value, double median) { return std::max(value, median * 1e-3); };
  return data_row({measured.median, bound(measured.low, measured.median), measured.high,
                   predicted.median, bound(predicted.low, predicted.median), predicted.high});
}

std::string note_of(const std::vector<PlotPoint>& points) {
  std::vector<double> errors;
  for (const PlotPoint& point : points) {
    const auto error = analysis::relative_error(point.predicted->median, point.measured->median);
    if (error) errors.push_back(std::abs(*error));
  }
  return plural(static_cast<long long>(errors.size()), "point") + ", median error " +
         human_percent(analysis::quantile(errors, 0.5));
}

// Sequential's own speedup is 1 by definition; what is 0 has no place on a logarithmic axis.
bool comparable(const PlotPoint& point) {
  return point.predicted && point.measured && point.predicted->median > 0 &&
         point.measured->median > 0 &&
         !(point.metric == "speedup" && point.strategy == "sequential");
}

}  // namespace

std::optional<Picture> accuracy_picture(const PlotReport& report) {
  std::vector<PlotPoint> points;
  std::copy_if(report.points.begin(), report.points.end(), std::back_inserter(points), comparable);
  const std::vector<Panel> panels = panels_of(points);
  if (panels.empty()) return std::nullopt;
  return compared_picture(report, panels, "predicted-measured");
}

Picture compared_picture(const PlotReport& report, const std::vector<ComparedPanel>& panels,
                         const std::string& file_name) {
  std::vector<PlotPoint> points;
  for (const Panel& panel : panels) {
    points.insert(points.end(), panel.points.begin(), panel.points.end());
  }
  std::vector<std::string> names, kinds, notes, tic_names;
  std::vector<double> styles, first, last, lows, highs, tics, tic_first, tic_last;
  std::string rows;
  for (const Panel& panel : panels) {
    kinds.push_back(panel.kind);
    notes.push_back(note_of(panel.points));
    first.push_back(static_cast<double>(styles.size() + 1));
    std::vector<double> medians;
    PlotReport part;
    part.points = panel.points;
    for (const auto& scenario : part.by_scenario()) {
      const std::string& name = scenario.front().scenario;
      const auto known = std::find(names.begin(), names.end(), name);
      styles.push_back(static_cast<double>(1 + (known - names.begin())));
      if (known == names.end()) names.push_back(name);
      rows += rows.empty() ? "" : "\n\n";
      for (const PlotPoint& point : scenario) {
        rows += row_of(point);
        medians.insert(medians.end(), {point.predicted->median, point.measured->median});
      }
    }
    last.push_back(static_cast<double>(styles.size()));
    const LogAxis axis = log_axis(medians, panel.points.front().unit);
    lows.push_back(axis.low);
    highs.push_back(axis.high);
    tic_first.push_back(static_cast<double>(tics.size() + 1));
    for (const Tic& tic : axis.tics) {
      tics.push_back(tic.value);
      tic_names.push_back(tic.name);
    }
    tic_last.push_back(static_cast<double>(tics.size()));
  }

  const int count = static_cast<int>(panels.size());
  const Canvas canvas = count == 4 ? Canvas{1040, 1180} : Canvas{180 + 420 * count, 690};
  Picture picture;
  picture.name = file_name;
  picture.script = "accuracy.gp";
  picture.title = "Predicted beside measured";
  for (std::size_t i = 0; i < names.size(); ++i) {
    picture.legend +=
        (i == 0 ? "" : ", ") + std::string(1, static_cast<char>('A' + i % 26)) + " = " + names[i];
  }
  picture.terminal_rows = count > 2 ? 44 : 24;
  GnuplotParameters& p = picture.parameters;
  const std::string subtitle = "Across: measured, " + measured_spread(points) +
                               ". Up: predicted, " + predicted_spread(report, points) +
                               ". Grey: ±10 %.";
  set_frame(p, {picture.title, subtitle, canvas}, report, points);
  p.set("PANELS", kinds);
  p.set("NOTES", notes);
  p.set("FIRST", first);
  p.set("LAST", last);
  p.set("LOWS", lows);
  p.set("HIGHS", highs);
  p.set("TICS", tics);
  p.set("TIC_NAMES", tic_names);
  p.set("TIC_FIRST", tic_first);
  p.set("TIC_LAST", tic_last);
  p.set("NAMES", names);
  p.set("STYLES", styles);
  const std::size_t key_rows = (names.size() + 1 + 4) / 5;
  p.set("KEY_ROWS", static_cast<double>(key_rows));
  p.set_data("DATA", rows);
  return picture;
}

}  // namespace gilsim::app
