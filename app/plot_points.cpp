#include "app/plot_points.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/plot.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::json;

constexpr int kSchema = 1;

[[noreturn]] void refuse(const std::string& path, const std::string& expected) {
  throw PlotReportError("can't draw this report: " + path + " is not " + expected +
                        "; `plot` draws what `validate --json` and `run --json` write");
}

const Json& field(const Json& object, const std::string& path, const char* name) {
  if (!object.is_object()) refuse(path.empty() ? "it" : path, "an object");
  const auto found = object.find(name);
  if (found == object.end()) refuse((path.empty() ? "" : path + ".") + name, "there");
  return *found;
}

std::string text(const Json& object, const std::string& path, const char* name) {
  const Json& value = field(object, path, name);
  if (!value.is_string()) refuse((path.empty() ? "" : path + ".") + name, "a text");
  return value.get<std::string>();
}

double number(const Json& object, const std::string& path, const char* name) {
  const Json& value = field(object, path, name);
  if (!value.is_number()) refuse((path.empty() ? "" : path + ".") + name, "a number");
  return value.get<double>();
}

int whole(const Json& object, const std::string& path, const char* name) {
  const Json& value = field(object, path, name);
  const std::string place = (path.empty() ? "" : path + ".") + name;
  if (!value.is_number_integer()) refuse(place, "a whole number");
  const auto result = value.get<std::int64_t>();
  if (result < 0 || result > 1'000'000'000) refuse(place, "a whole number from 0 to 1e9");
  return static_cast<int>(result);
}

std::optional<analysis::Band> band(const Json& point, const std::string& path, const char* name,
                                   double scale) {
  const Json& value = field(point, path, name);
  if (value.is_null()) return std::nullopt;
  const std::string place = path + "." + name;
  return analysis::Band{scale * number(value, place, "median"), scale * number(value, place, "low"),
                        scale * number(value, place, "high")};
}

PlotPoint read_point(const Json& json, const std::string& path) {
  PlotPoint point;
  point.scenario = text(json, path, "scenario");
  point.file = text(json, path, "file");
  point.question = text(json, path, "question");
  point.strategy = text(json, path, "strategy");
  point.workers = whole(json, path, "workers");
  point.cores = whole(json, path, "cores");
  point.interpreter = text(json, path, "interpreter");
  point.switch_interval = 1e-9 * number(json, path, "switch_interval_ns");
  if (json.contains("lock")) point.lock = text(json, path, "lock");
  if (json.contains("note")) point.note = text(json, path, "note");
  point.metric = text(json, path, "metric");
  point.unit = text(json, path, "unit");
  const double scale = point.unit == "ns" ? 1e-9 : 1;
  if (point.unit == "ns") point.unit = "s";
  point.predicted = band(json, path, "predicted", scale);
  point.measured = band(json, path, "measured", scale);
  if (point.measured) point.runs = whole(json.at("measured"), path + ".measured", "runs");
  return point;
}

}  // namespace

PlotReport read_plot_report(const Json& report) {
  const Json& schema = field(report, "", "schema");
  if (schema != Json(kSchema)) {
    throw PlotReportError("can't draw this report: it is of schema " + schema.dump() +
                          " and this program draws schema " + std::to_string(kSchema) +
                          "; make it again with this version's `validate --json`");
  }
  PlotReport result;
  result.version = text(report, "", "version");
  result.reproduce = text(report, "", "reproduce");
  result.replications = whole(report, "", "replications");
  const Json& host = field(report, "", "host");
  result.processor = text(host, "host", "processor");
  result.kernel = text(host, "host", "kernel");
  result.host_cores = whole(host, "host", "cores");
  const Json& points = field(report, "", "points");
  if (!points.is_array()) refuse("points", "a list");
  for (std::size_t i = 0; i < points.size(); ++i) {
    result.points.push_back(read_point(points[i], "points[" + std::to_string(i) + "]"));
  }
  return result;
}

std::vector<std::vector<PlotPoint>> PlotReport::by_scenario() const {
  std::vector<std::vector<PlotPoint>> groups;
  for (const PlotPoint& point : points) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return group.front().file == point.file && group.front().scenario == point.scenario;
    });
    if (same == groups.end()) {
      groups.push_back({point});
    } else {
      same->push_back(point);
    }
  }
  return groups;
}

}  // namespace gilsim::app
