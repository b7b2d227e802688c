#include "app/picture_parts.hpp"

#include <algorithm>
#include <set>

namespace gilsim::app {
namespace {

template <class Value>
std::string joined(const std::set<Value>& values) {
  std::string text;
  for (const Value& value : values) text += (text.empty() ? "" : ", ") + value;
  return text;
}

std::string footer_of(const PlotReport& report, const std::vector<PlotPoint>& points,
                      std::size_t width) {
  std::set<std::string> interpreters;
  for (const PlotPoint& point : points) interpreters.insert(point.interpreter);
  const std::string host = report.processor + ", " + std::to_string(report.host_cores) +
                           (report.host_cores == 1 ? " core" : " cores") +
                           (report.kernel.empty() ? "" : ", Linux " + report.kernel) +
                           " · CPython " + joined(interpreters);
  return wrapped(host + " · gilsim " + report.version, width) + "\n" +
         wrapped(report.reproduce, width);
}

}  // namespace

std::string predicted_spread(const PlotReport& report, const std::vector<PlotPoint>& points) {
  if (std::none_of(points.begin(), points.end(), [](const auto& p) { return p.predicted; })) {
    return "";
  }
  return "median and 5–95 % of " + std::to_string(report.replications) + " simulations";
}

std::string measured_spread(const std::vector<PlotPoint>& points) {
  std::set<int> runs;
  for (const PlotPoint& point : points) {
    if (point.measured) runs.insert(point.runs);
  }
  if (runs.empty()) return "";
  const std::string most = std::to_string(*runs.rbegin());
  return "median and 5–95 % of " +
         (runs.size() == 1 ? most : std::to_string(*runs.begin()) + " to " + most) + " real runs";
}

std::string lines_and_points(const PlotReport& report, const std::vector<PlotPoint>& points) {
  const std::string predicted = predicted_spread(report, points);
  const std::string measured = measured_spread(points);
  const std::string lines = predicted.empty() ? "" : "Lines: predicted, " + predicted + ". ";
  return lines + (measured.empty() ? "Nothing measured." : "Points: measured, " + measured + ".");
}

void set_frame(GnuplotParameters& parameters, const Frame& frame, const PlotReport& report,
               const std::vector<PlotPoint>& points) {
  const auto characters = [&](double pixels_each) {
    return static_cast<std::size_t>((frame.canvas.width - 48) / pixels_each);
  };
  const std::string title = balanced(frame.title, characters(12.8));
  const std::string subtitle = balanced(frame.subtitle, characters(7.8));
  const std::string footer = footer_of(report, points, characters(7.2));
  parameters.set("WIDTH", frame.canvas.width);
  parameters.set("HEIGHT", frame.canvas.height);
  parameters.set("TITLE", title);
  parameters.set("TITLE_LINES", lines_of(title));
  parameters.set("SUBTITLE", subtitle);
  parameters.set("SUBTITLE_LINES", lines_of(subtitle));
  parameters.set("FOOTER", footer);
  parameters.set("FOOTER_LINES", lines_of(footer));
}

void set_axis(GnuplotParameters& parameters, const std::string& name, const LogAxis& axis) {
  std::vector<double> values;
  std::vector<std::string> names;
  for (const Tic& tic : axis.tics) {
    values.push_back(tic.value);
    names.push_back(tic.name);
  }
  const std::string prefix = name == "X" ? "" : name + "_";
  parameters.set(name + "_LOW", axis.low);
  parameters.set(name + "_HIGH", axis.high);
  parameters.set(prefix + "TICS", values);
  parameters.set(prefix + "TIC_NAMES", names);
}

std::vector<PlotSeries> series_by(const std::vector<PlotPoint>& points,
                                  std::string (*subject)(const PlotPoint&), bool interval_is_axis) {
  std::set<int> cores;
  std::set<std::string> interpreters;
  std::set<double> intervals;
  std::set<std::pair<std::string, std::string>> locks;  // an interpreter has its own
  for (const PlotPoint& point : points) {
    locks.emplace(point.interpreter, point.lock);
    cores.insert(point.cores);
    interpreters.insert(point.interpreter);
    intervals.insert(point.switch_interval);
  }
  std::vector<PlotSeries> all;
  for (const PlotPoint& point : points) {
    std::string name = subject(point);
    if (cores.size() > 1) {
      name += ", " + std::to_string(point.cores) + (point.cores == 1 ? " core" : " cores");
    }
    if (interpreters.size() > 1) name += ", " + point.interpreter;
    if (intervals.size() > 1 && !interval_is_axis) {
      name += ", " + tic_name(point.switch_interval, "s");
    }
    if (locks.size() > interpreters.size()) name += ", lock " + point.lock;
    if (!point.note.empty()) name += ", " + point.note;
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const PlotSeries& series) { return series.name == name; });
    if (same == all.end()) {
      all.push_back({name, {point}});
    } else {
      same->points.push_back(point);
    }
  }
  return all;
}

std::vector<double> figures_of(const std::vector<PlotPoint>& points) {
  std::vector<double> figures;
  for (const PlotPoint& point : points) {
    for (const auto& band : {point.predicted, point.measured}) {
      if (band) figures.insert(figures.end(), {band->median, band->low, band->high});
    }
  }
  return figures;
}

}  // namespace gilsim::app
