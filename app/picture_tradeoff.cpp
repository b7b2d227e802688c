#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "app/format.hpp"
#include "app/picture_parts.hpp"
#include "app/pictures.hpp"

namespace gilsim::app {
namespace {

constexpr double kDefault = 0.005;     // seconds: CPython's switch interval
constexpr double kBetweenNames = 3.9;  // factor between intervals that are named
constexpr double kNearDefault = 1.5;   // factor within which the ring says enough
constexpr std::size_t kMostSeries = 8;

std::string thread_of(const PlotPoint& point) {
  return point.metric.substr(0, point.metric.rfind('.'));
}
bool is(const PlotPoint& point, const char* what) {
  return point.metric.substr(point.metric.rfind('.') + 1) == what;
}

// What ran: the rates of those that only compute, added up, and the latency of each that waits.
struct Run {
  std::map<std::string, PlotPoint> rates, latencies;

  void keep_computing() {
    for (const auto& [thread, point] : latencies) rates.erase(thread);
  }
  std::optional<analysis::Band> throughput(std::optional<analysis::Band> PlotPoint::*side) const {
    analysis::Band sum{0, 0, 0};
    for (const auto& [thread, point] : rates) {
      const auto& band = point.*side;
      if (!band) return std::nullopt;
      sum = {sum.median + band->median, sum.low + band->low, sum.high + band->high};
    }
    return sum;
  }
};

// Of one thread that waits, over the switch interval.
struct Series {
  std::string name;
  struct Place {
    double interval = 0;
    std::optional<analysis::Band> x, y, measured_x, measured_y;
  };
  std::vector<Place> places;
};

std::string name_of(const PlotPoint& latency, const Run& run) {
  std::string name = thread_of(latency) + " beside ";
  bool first = true;
  for (const auto& [thread, point] : run.rates) {
    name += (first ? "" : ", ") + thread;
    first = false;
  }
  return name;
}

std::vector<Series> series_of(const std::vector<PlotPoint>& points) {
  using Key = std::tuple<std::string, int, std::string, std::string, std::string, double>;
  std::map<Key, Run> runs;
  for (const PlotPoint& point : points) {
    Run& run = runs[{point.strategy, point.cores, point.interpreter, point.lock, point.note,
                     point.switch_interval}];
    if (is(point, "rate")) run.rates.emplace(thread_of(point), point);
    if (is(point, "p50")) run.latencies.emplace(thread_of(point), point);
  }
  std::vector<PlotPoint> latencies;  // so that the names say what varies only
  for (auto& [key, run] : runs) {
    run.keep_computing();
    if (run.rates.empty()) continue;
    for (const auto& [thread, point] : run.latencies) latencies.push_back(point);
  }
  const auto own = [](const PlotPoint& point) { return thread_of(point) + "\n" + point.strategy; };
  std::vector<Series> all;
  for (const PlotSeries& series : series_by(latencies, own, true)) {
    Series made;
    for (const PlotPoint& point : series.points) {
      const Run& run = runs.at({point.strategy, point.cores, point.interpreter, point.lock,
                                point.note, point.switch_interval});
      const std::size_t rest = series.name.find(',', series.name.find('\n'));
      made.name = name_of(point, run) + (rest == std::string::npos ? "" : series.name.substr(rest));
      made.places.push_back({point.switch_interval, run.throughput(&PlotPoint::predicted),
                             point.predicted, run.throughput(&PlotPoint::measured),
                             point.measured});
    }
    std::sort(made.places.begin(), made.places.end(),
              [](const auto& a, const auto& b) { return a.interval < b.interval; });
    if (made.places.size() > 1) all.push_back(std::move(made));
  }
  return all;
}

// Where a curve is at the default interval: between its neighbours, on logarithmic scales.
std::optional<std::pair<double, double>> at_default(const Series& series) {
  for (std::size_t i = 0; i + 1 < series.places.size(); ++i) {
    const auto &a = series.places[i], &b = series.places[i + 1];
    if (!a.x || !b.x || !a.y || !b.y || a.interval > kDefault || b.interval < kDefault) continue;
    if (a.y->median <= 0 || b.y->median <= 0) continue;
    const double share = std::log(kDefault / a.interval) / std::log(b.interval / a.interval);
    return std::make_pair(a.x->median + share * (b.x->median - a.x->median),
                          a.y->median * std::pow(b.y->median / a.y->median, share));
  }
  return std::nullopt;
}

class Rows {
 public:
  void add(const Series& series) {
    std::string predicted, measured;
    double named = 0;
    for (const Series::Place& place : series.places) {
      if (place.x && place.y && place.y->median > 0) {
        predicted += data_row({place.x->median, place.y->median});
        xs.push_back(place.x->median);
        ys.push_back(place.y->median);
        const double from_default = std::fabs(std::log(place.interval / kDefault));
        if (place.interval >= kBetweenNames * named && from_default > std::log(kNearDefault)) {
          names_.push_back(
              {place.x->median, place.y->median, short_name(place.interval, "s"), series_});
          named = place.interval;
        }
      }
      if (place.measured_x && place.measured_y && place.measured_y->median > 0) {
        const auto &x = *place.measured_x, &y = *place.measured_y;
        measured += data_row({x.median, y.median, x.low, x.high, y.low, y.high});
        xs.insert(xs.end(), {x.low, x.high});
        ys.insert(ys.end(), {y.low, y.high});
      }
    }
    data += (data.empty() ? "" : "\n\n") + (predicted.empty() ? "NaN NaN\n" : predicted) + "\n\n" +
            (measured.empty() ? "NaN NaN NaN NaN NaN NaN\n" : measured);
    if (const auto place = at_default(series)) {
      defaults += data_row({place->first, place->second});
    }
    ++series_;
  }

  // Names that would be written over each other are left out, the later ones.
  void place_names() {
    const auto [left, right] = std::minmax_element(xs.begin(), xs.end());
    const auto [low, high] = std::minmax_element(ys.begin(), ys.end());
    const double width = std::max(*right - *left, 1e-9);
    const double height = std::max(std::log(*high / *low), 1e-9);
    std::vector<Name> placed;
    std::vector<std::string> blocks(series_);
    for (const Name& name : names_) {
      const bool is_free = std::none_of(placed.begin(), placed.end(), [&](const Name& other) {
        return std::fabs(name.x - other.x) < 0.09 * width &&
               std::fabs(std::log(name.y / other.y)) < 0.05 * height;
      });
      if (!is_free) continue;
      placed.push_back(name);
      words.push_back(name.text);
      blocks[name.series] += data_row({name.x, name.y, static_cast<double>(words.size())});
    }
    for (const std::string& block : blocks) {
      labels += (labels.empty() ? "" : "\n\n") + (block.empty() ? "NaN NaN 1.0\n" : block);
    }
    if (words.empty()) words.emplace_back();
  }

  std::string data, labels, defaults;
  std::vector<std::string> words;
  std::vector<double> xs, ys;

 private:
  struct Name {
    double x = 0, y = 0;
    std::string text;
    std::size_t series = 0;
  };
  std::vector<Name> names_;
  std::size_t series_ = 0;
};

std::string medians_and_points(const PlotReport& report, const std::vector<PlotPoint>& points) {
  const std::string measured = measured_spread(points);
  return "Lines: predicted, medians of " + plural(report.replications, "simulation") + ". " +
         (measured.empty() ? "Nothing measured." : "Points: measured, " + measured + ".");
}

}  // namespace

std::optional<Picture> tradeoff_picture(const PlotReport& report,
                                        const std::vector<PlotPoint>& scenario) {
  const std::vector<Series> all = series_of(scenario);
  if (all.empty() || all.size() > kMostSeries) return std::nullopt;
  Rows rows;
  std::vector<std::string> names;
  for (const Series& series : all) {
    rows.add(series);
    names.push_back(series.name);
  }
  if (rows.xs.empty()) return std::nullopt;
  rows.place_names();
  const auto [least, most] = std::minmax_element(rows.xs.begin(), rows.xs.end());
  const double room = std::max(0.12 * (*most - *least), 0.02 * *most);

  Picture picture;
  picture.name = "tradeoff-" + file_name_part(scenario.front().scenario);
  picture.script = "tradeoff.gp";
  picture.title = scenario.front().question;
  picture.legend = "Median latency of the threads that wait over the throughput of those that " +
                   std::string("compute. ") + medians_and_points(report, scenario) +
                   " (5 ms): the default interval.";
  GnuplotParameters& p = picture.parameters;
  set_frame(p,
            {picture.title,
             "Along each curve the switch interval, named beside it. " +
                 medians_and_points(report, scenario) + " Rings: the default interval, 5 ms.",
             {1060, 640 + 24 * static_cast<int>(names.size())}},
            report, scenario);
  set_axis(p, "Y", log_axis(rows.ys, "s"));
  p.set("X_LOW", std::max(0.0, *least - room));
  p.set("X_HIGH", *most + room);
  p.set("NAMES", names);
  p.set("WORDS", rows.words);
  p.set("MEASURED", measured_spread(scenario).empty() ? 0 : 1);
  p.set_data("DATA", rows.data);
  p.set_data("LABELS", rows.labels);
  p.set_data("DEFAULTS", rows.defaults.empty() ? "NaN NaN\n" : rows.defaults);
  return picture;
}

}  // namespace gilsim::app
