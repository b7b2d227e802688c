#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "app/picture_parts.hpp"
#include "app/pictures.hpp"

namespace gilsim::app {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr int kLinearUpTo = 16;  // workers; beyond, both axes are logarithmic

struct WorkersAxis {
  std::vector<double> tics;
  bool logarithmic = false;
  double low = 0;
  double high = 0;

  double beside(double workers, double steps) const {
    return logarithmic ? workers * std::pow(1.03, steps) : workers + steps * 0.012 * (high - low);
  }
};

WorkersAxis axis_of(const std::vector<PlotPoint>& points) {
  std::set<int> workers;
  for (const PlotPoint& point : points) workers.insert(point.workers);
  WorkersAxis axis;
  axis.tics.assign(workers.begin(), workers.end());
  axis.logarithmic = *workers.rbegin() > kLinearUpTo;
  const double first = *workers.begin(), last = *workers.rbegin();
  const double pad = std::max(0.4, 0.05 * (last - first));
  axis.low = axis.logarithmic ? first / 1.15 : first - pad;
  axis.high = axis.logarithmic ? last * 1.15 : last + pad;
  return axis;
}

// A band and a line need two ends: a single point is drawn as a short piece.
std::string predicted_rows(const PlotSeries& series, const WorkersAxis& axis) {
  std::vector<const PlotPoint*> predicted;
  for (const PlotPoint& point : series.points) {
    if (point.predicted) predicted.push_back(&point);
  }
  const std::vector<double> steps =
      predicted.size() == 1 ? std::vector<double>{-3, 3} : std::vector<double>{0};
  std::string rows;
  for (const PlotPoint* const point : predicted) {
    for (const double step : steps) {
      rows += data_row({axis.beside(point->workers, step), point->predicted->median,
                        point->predicted->low, point->predicted->high});
    }
  }
  return rows.empty() ? data_row({kNothing, kNothing, kNothing, kNothing}) : rows;
}

std::string measured_rows(const PlotSeries& series, const WorkersAxis& axis, double step) {
  std::string rows;
  for (const PlotPoint& point : series.points) {
    if (!point.measured) continue;
    rows += data_row({axis.beside(point.workers, step), point.measured->median, point.measured->low,
                      point.measured->high});
  }
  return rows.empty() ? data_row({kNothing, kNothing, kNothing, kNothing}) : rows;
}

std::string strategy_of(const PlotPoint& point) { return point.strategy; }

// The same strategy looks the same in every picture.
std::vector<double> styles_of(const std::vector<PlotSeries>& all) {
  std::vector<double> styles;
  double next = 3;
  std::set<double> used;
  for (const PlotSeries& series : all) {
    double style = series.points.front().strategy == "threads"     ? 1
                   : series.points.front().strategy == "processes" ? 2
                                                                   : next++;
    while (!used.insert(style).second) style = next++;
    styles.push_back(style);
  }
  return styles;
}

}  // namespace

std::optional<Picture> speedup_picture(const PlotReport& report,
                                       const std::vector<PlotPoint>& scenario) {
  std::vector<PlotPoint> points;
  for (const PlotPoint& point : scenario) {
    const bool drawn = point.predicted || point.measured;
    if (point.metric == "speedup" && point.strategy != "sequential" && point.workers > 0 && drawn) {
      points.push_back(point);
    }
  }
  if (points.empty()) return std::nullopt;
  std::stable_sort(points.begin(), points.end(),
                   [](const auto& a, const auto& b) { return a.workers < b.workers; });

  std::vector<PlotSeries> all = series_by(points, strategy_of, false);
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.points.front().strategy > b.points.front().strategy;  // threads before processes
  });
  const WorkersAxis axis = axis_of(points);
  std::string rows;
  std::vector<std::string> names;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double step = static_cast<double>(i) - 0.5 * static_cast<double>(all.size() - 1);
    rows += (i == 0 ? "" : "\n\n") + predicted_rows(all[i], axis) + "\n\n" +
            measured_rows(all[i], axis, step);
    names.push_back(all[i].name);
    longest = std::max(longest, all[i].name.size());
  }
  const std::vector<double> figures = figures_of(points);
  const double largest = *std::max_element(figures.begin(), figures.end());
  const double smallest = *std::min_element(figures.begin(), figures.end());

  Picture picture;
  picture.name = "speedup-" + file_name_part(points.front().scenario);
  picture.script = "speedup.gp";
  picture.title = points.front().question;
  picture.legend = "Speedup over sequential. " + lines_and_points(report, points);
  GnuplotParameters& p = picture.parameters;
  set_frame(p, {picture.title, lines_and_points(report, points), {960, 600}}, report, points);
  p.set("KEY_WIDTH", 62 + 8.5 * static_cast<double>(std::max<std::size_t>(longest, 15)));
  p.set("XLABEL", "workers (threads or processes of the pool)");
  p.set("LOGARITHMIC", axis.logarithmic ? 1 : 0);
  p.set("X_LOW", axis.low);
  p.set("X_HIGH", axis.high);
  p.set("Y_LOW", axis.logarithmic ? std::min(0.5, std::max(smallest, 0.01) / 1.2) : 0.0);
  p.set("Y_HIGH", std::max(1.25 * largest, 2.0));
  p.set("TICS", axis.tics);
  p.set("NAMES", names);
  p.set("STYLES", styles_of(all));
  p.set("MEASURED", measured_spread(points).empty() ? 0 : 1);
  p.set_data("DATA", rows);
  return picture;
}

}  // namespace gilsim::app
