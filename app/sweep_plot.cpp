#include "app/sweep_plot.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "app/errors.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::json;

const std::set<std::string>& keys_with_an_axis() {
  static const std::set<std::string> keys = {
      "workers",    "machine.cores", "interpreter.version", "interpreter.switch_interval_ns",
      "strategies", "together"};
  return keys;
}

void check_varied(const Json& header) {
  for (const auto& [key, values] : header.at("varied").items()) {
    if (keys_with_an_axis().count(key) != 0) continue;
    throw UsageError("a sweep over '" + key + "' has no picture",
                     "pictures have axes for workers, machine.cores, interpreter.version and "
                     "interpreter.switch_interval");
  }
  if (header.at("hosts").size() != 1) throw UsageError("a sweep over hosts has no picture");
}

Json band_of(const Json& figure) {
  const std::string suffix = figure.at("unit") == "ns" ? "_ns" : "";
  return {{"median", figure.at("median" + suffix)},
          {"low", figure.at("low" + suffix)},
          {"high", figure.at("high" + suffix)}};
}

void add_points(const Json& header, const Json& record, Json& points) {
  for (const auto& [metric, figure] : record.at("figures").items()) {
    Json point = {{"scenario", header.at("scenario")},
                  {"file", header.at("file")},
                  {"question", header.at("question")},
                  {"metric", metric},
                  {"unit", figure.at("unit")},
                  {"predicted", band_of(figure)},
                  {"measured", nullptr}};
    for (const char* const key :
         {"strategy", "workers", "cores", "interpreter", "switch_interval_ns"}) {
      point[key] = record.at(key);
    }
    points.push_back(std::move(point));
  }
}

Json report_of(const Json& header, std::istream& lines) {
  Json report = {{"schema", header.at("schema")},      {"version", header.at("version")},
                 {"reproduce", header.at("command")},  {"replications", header.at("replications")},
                 {"host", header.at("hosts").front()}, {"points", Json::array()}};
  for (std::string line; std::getline(lines, line) && !lines.eof();) {
    add_points(header, Json::parse(line), report["points"]);
  }
  return report;
}

}  // namespace

std::optional<Json> report_of_sweep(const std::string& text, const std::string& path) {
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  const Json header = Json::parse(line, nullptr, false);
  if (!header.is_object() || header.value("kind", "") != "sweep") return std::nullopt;
  try {
    check_varied(header);
    return report_of(header, lines);
  } catch (const Json::exception& error) {
    throw UsageError("'" + path + "' is a broken sweep: " + error.what());
  }
}

}  // namespace gilsim::app
