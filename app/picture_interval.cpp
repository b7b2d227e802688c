#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "app/picture_parts.hpp"
#include "app/pictures.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

constexpr int kWidth = 1160;

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// The thread of "sleeper.p50", and whom it shares the lock with.
std::string thread_and_company(const PlotPoint& point) {
  const std::string thread = point.metric.substr(0, point.metric.rfind('.'));
  if (point.strategy == thread) return thread + " alone";
  std::string others = "+" + point.strategy + "+";
  const std::size_t at = others.find("+" + thread + "+");
  if (at == std::string::npos) return thread + " in " + point.strategy;
  others.erase(at, thread.size() + 1);
  std::string company = others.substr(1, others.size() - 2);
  std::replace(company.begin(), company.end(), '+', ',');
  return thread + " beside " + company;
}

std::string rows_of(const PlotSeries& series) {
  std::string predicted, measured;
  for (const PlotPoint& point : series.points) {
    const double x = point.switch_interval;
    if (point.predicted && point.predicted->median > 0) {
      const auto& band = *point.predicted;
      predicted += data_row({x, band.median, std::max(band.low, band.median * 1e-3), band.high});
    }
    if (point.measured && point.measured->median > 0) {
      const auto& band = *point.measured;
      measured += data_row({x, band.median, std::max(band.low, band.median * 1e-3), band.high});
    }
  }
  const std::string nothing = "NaN NaN NaN NaN\n";
  return (predicted.empty() ? nothing : predicted) + "\n\n" +
         (measured.empty() ? nothing : measured);
}

std::vector<PlotPoint> with_ending(const std::vector<PlotPoint>& points, const std::string& end) {
  std::vector<PlotPoint> chosen;
  for (const PlotPoint& point : points) {
    if (ends_with(point.metric, end) && (point.predicted || point.measured)) {
      chosen.push_back(point);
    }
  }
  std::stable_sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) {
    return a.switch_interval < b.switch_interval;
  });
  return chosen;
}

// As gnuplot lays a horizontal key out: columns as wide as the longest name.
std::size_t key_rows(const std::vector<std::string>& names, int width) {
  std::size_t longest = 0;
  for (const std::string& name : names) longest = std::max(longest, display_width(name));
  const double column = 92 + 8.6 * static_cast<double>(longest);
  const auto columns = static_cast<std::size_t>(std::max(1.0, std::floor((width - 48) / column)));
  return (names.size() + columns - 1) / columns;
}

// The letters of dumb terminals' curves: A, B, ...
std::string legend_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text +=
        (i == 0 ? "" : ", ") + std::string(1, static_cast<char>('A' + i % 26)) + ": " + names[i];
  }
  return text + ".";
}

}  // namespace

std::optional<Picture> interval_picture(const PlotReport& report,
                                        const std::vector<PlotPoint>& scenario) {
  std::vector<PlotPoint> rates = with_ending(scenario, ".rate");
  const std::vector<PlotPoint> latencies = with_ending(scenario, ".p50");
  // A computing thread has no latency, and its rate is of another size than those of I/O threads.
  if (!latencies.empty()) {
    std::set<std::string> shown;
    for (const PlotPoint& point : latencies) shown.insert(thread_and_company(point));
    rates.erase(
        std::remove_if(rates.begin(), rates.end(),
                       [&](const auto& p) { return shown.count(thread_and_company(p)) == 0; }),
        rates.end());
  }
  std::vector<PlotPoint> points = rates;
  points.insert(points.end(), latencies.begin(), latencies.end());
  std::vector<double> intervals;
  intervals.reserve(points.size() + 1);  // the default interval, too
  for (const PlotPoint& point : points) intervals.push_back(point.switch_interval);
  if (std::set<double>(intervals.begin(), intervals.end()).size() < 2) return std::nullopt;

  std::vector<std::string> names;
  std::vector<double> styles;
  std::string rows;
  double rate_series = 0;
  for (const std::vector<PlotPoint>* const side : {&std::as_const(rates), &latencies}) {
    for (const PlotSeries& series : series_by(*side, thread_and_company, true)) {
      const auto known = std::find(names.begin(), names.end(), series.name);
      styles.push_back(static_cast<double>(1 + (known - names.begin())));
      if (known == names.end()) names.push_back(series.name);
      rows += (rows.empty() ? "" : "\n\n") + rows_of(series);
      if (side == &rates) ++rate_series;
    }
  }

  Picture picture;
  picture.name = "interval-" + file_name_part(points.front().scenario);
  picture.script = "interval.gp";
  picture.title = points.front().question;
  GnuplotParameters& p = picture.parameters;
  intervals.push_back(0.005);  // the default is always marked
  set_frame(p, {picture.title, lines_and_points(report, points), {kWidth, 640}}, report, points);
  set_axis(p, "X", log_axis(intervals, "s"));
  set_axis(p, "RATE", log_axis(figures_of(rates), "1/s"));
  set_axis(p, "LATENCY", log_axis(figures_of(latencies), "s"));
  p.set("RATES", rate_series);
  p.set("NAMES", names);
  p.set("STYLES", styles);
  p.set("KEY_ROWS", static_cast<double>(key_rows(names, kWidth)));
  p.set("MEASURED", measured_spread(points).empty() ? 0 : 1);
  picture.legend = lines_and_points(report, points) +
                   " *: measured. |: the default interval, 5 ms. " + legend_of(names);
  p.set_data("DATA", rows);
  return picture;
}

}  // namespace gilsim::app
