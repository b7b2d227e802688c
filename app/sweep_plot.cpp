#include "app/sweep_plot.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "app/errors.hpp"
#include "app/plot.hpp"
#include "app/plot_axis.hpp"
#include "app/strategy_map.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostCurves = 8;  // of one picture: as many as there are colours

// Keys that a curve's axis or its name says anyway.
bool is_in_a_point(const std::string& key) {
  static const std::set<std::string> keys = {
      "workers",    "machine.cores", "interpreter.version", "interpreter.switch_interval_ns",
      "strategies", "together",      "interpreter.lock"};
  return keys.count(key) != 0;
}

std::string value_text(const std::string& key, const Json& value) {
  const std::string unit = "_ns";
  if (value.is_string()) return value.get<std::string>();
  const bool is_time =
      key.size() > unit.size() && key.compare(key.size() - unit.size(), unit.size(), unit) == 0;
  return is_time ? tic_name(1e-9 * value.get<double>(), "s") : value.dump();
}

// "chunk_size 4": what tells the curves of a sweep apart beside what every point says.
std::string note_of(const Json& varied) {
  std::string note;
  for (const auto& [key, value] : varied.items()) {
    if (is_in_a_point(key)) continue;
    const std::size_t dot = key.find_last_of(".]");
    std::string name = dot == std::string::npos ? key : key.substr(dot + 1);
    if (name.size() > 3 && name.compare(name.size() - 3, 3, "_ns") == 0) {
      name.resize(name.size() - 3);
    }
    note += (note.empty() ? "" : ", ") + (name.empty() ? key : name) + " " + value_text(key, value);
  }
  return note;
}

Json band_of(const Json& figure) {
  const std::string suffix = figure.at("unit") == "ns" ? "_ns" : "";
  return {{"median", figure.at("median" + suffix)},
          {"low", figure.at("low" + suffix)},
          {"high", figure.at("high" + suffix)}};
}

void add_points(const Json& header, const Json& record, Json& points) {
  for (const auto& [metric, figure] : record.at("figures").items()) {
    Json point = {{"scenario", header.at("scenario")}, {"file", header.at("file")},
                  {"question", header.at("question")}, {"metric", metric},
                  {"unit", figure.at("unit")},         {"note", note_of(record.at("varied"))},
                  {"predicted", band_of(figure)},      {"measured", nullptr}};
    for (const char* const key :
         {"strategy", "workers", "cores", "interpreter", "switch_interval_ns", "lock"}) {
      point[key] = record.at(key);
    }
    points.push_back(std::move(point));
  }
}

// More notes than colours make a picture that nobody can read.
bool has_few_curves(const std::vector<Json>& records) {
  std::set<std::string> notes;
  for (const Json& record : records) notes.insert(note_of(record.at("varied")));
  return notes.size() <= kMostCurves;
}

std::vector<Picture> drawable(const Json& header, const std::vector<std::string>& keys,
                              const std::vector<Json>& records) {
  if (header.at("hosts").size() != 1) {
    throw UsageError("a sweep over hosts has no picture", "draw one for each host: --host NAME");
  }
  std::vector<Picture> pictures;
  if (has_few_curves(records)) pictures = pictures_of(report_of_sweep(header, records));
  if (auto map = strategy_map(header, keys, records)) pictures.push_back(std::move(*map));
  if (!pictures.empty() || records.empty()) return pictures;
  throw UsageError("a sweep over " + note_of(records.front().at("varied")) + ", ... has no picture",
                   "curves need several workers or switch intervals, and of other keys at most " +
                       std::to_string(kMostCurves) +
                       " values; a map of strategies needs two keys that are numbers");
}

}  // namespace

Json report_of_sweep(const Json& header, const std::vector<Json>& records) {
  Json report = {{"schema", header.at("schema")},      {"version", header.at("version")},
                 {"reproduce", header.at("command")},  {"replications", header.at("replications")},
                 {"host", header.at("hosts").front()}, {"points", Json::array()}};
  for (const Json& record : records) add_points(header, record, report["points"]);
  return report;
}

std::optional<std::vector<Picture>> pictures_of_sweep(const std::string& text,
                                                      const std::string& path) {
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  const Json header = Json::parse(line, nullptr, false);
  if (!header.is_object() || header.value("kind", "") != "sweep") return std::nullopt;
  try {
    std::vector<std::string> keys;  // as they were asked for
    const auto ordered = nlohmann::ordered_json::parse(line);
    for (const auto& [key, values] : ordered.at("varied").items()) keys.push_back(key);
    std::vector<Json> records;
    while (std::getline(lines, line) && !lines.eof()) records.push_back(Json::parse(line));
    return drawable(header, keys, records);
  } catch (const Json::exception& error) {
    throw UsageError("'" + path + "' is a broken sweep: " + error.what());
  }
}

}  // namespace gilsim::app
