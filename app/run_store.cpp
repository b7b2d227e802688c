#include "app/run_store.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "app/errors.hpp"
#include "app/format.hpp"
#include "scenario/duration.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;
constexpr const char* kWayOut = "name a file that `validate --keep` or `measure --keep` wrote";

Json number(double value, const std::string& unit) {
  if (unit == "ns") return static_cast<std::int64_t>(std::llround(value));
  return value;
}

Json figures_json(const std::vector<RunFigures>& runs) {
  Json figures = Json::object();
  for (const RunFigures& run : runs) {
    for (const Figure& figure : run.figures) figures[figure.metric] = nullptr;
  }
  for (auto& [metric, value] : figures.items()) {
    std::string unit;
    Json values = Json::array();
    for (const RunFigures& run : runs) {
      Json one = nullptr;
      for (const Figure& figure : run.figures) {
        if (figure.metric != metric) continue;
        unit = figure.unit;
        one = number(figure.value, figure.unit);
      }
      values.push_back(std::move(one));
    }
    value = {{"unit", unit}, {"runs", values}};
  }
  return figures;
}

Json switches_json(const std::vector<RunFigures>& runs, double RunFigures::*member) {
  Json values = Json::array();
  for (const RunFigures& run : runs) values.push_back(run.*member);
  return values;
}

Json point_json(const KeptPoint& point) {
  Json json = {{"scenario", point.scenario},
               {"point", point.label},
               {"work", point.work},
               {"figures", figures_json(point.runs)},
               {"voluntary", switches_json(point.runs, &RunFigures::voluntary_switches)},
               {"involuntary", switches_json(point.runs, &RunFigures::involuntary_switches)}};
  if (!point.handovers.empty()) json["handovers"] = point.handovers;
  return json;
}

std::vector<RunFigures> runs_of(const Json& json) {
  std::vector<RunFigures> runs(json.at("voluntary").size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    runs[i].voluntary_switches = json.at("voluntary").at(i).get<double>();
    runs[i].involuntary_switches = json.at("involuntary").at(i).get<double>();
  }
  for (const auto& [metric, entry] : json.at("figures").items()) {
    const Json& values = entry.at("runs");
    if (values.size() != runs.size())
      throw std::invalid_argument("'" + metric + "' has not a figure a run");
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (values.at(i).is_null()) continue;
      runs[i].figures.push_back(
          {metric, entry.at("unit").get<std::string>(), values.at(i).get<double>()});
    }
  }
  return runs;
}

KeptPoint point_of(const Json& json) {
  KeptPoint point;
  point.scenario = json.at("scenario").get<std::string>();
  point.label = json.at("point").get<std::string>();
  point.work = json.at("work").get<std::string>();
  point.runs = runs_of(json);
  if (json.contains("handovers")) point.handovers = json.at("handovers").get<std::vector<double>>();
  return point;
}

Json before_json(const model::Estimate& speed) {
  return {{"median", speed.median},
          {"low", speed.low},
          {"high", speed.high},
          {"samples", speed.samples}};
}

// A number alone: kept before the spread was.
model::Estimate before_of(const Json& json) {
  if (json.is_number()) return model::Estimate::exactly(json.get<double>());
  return {json.at("median").get<double>(), json.at("low").get<double>(),
          json.at("high").get<double>(), json.at("samples").get<int>()};
}

RunStore store_of(const Json& json) {
  RunStore store;
  store.seed = json.at("seed").get<std::uint64_t>();
  const Json& host = json.at("host");
  store.host = {host.at("fingerprint").get<std::string>(), host.at("processor").get<std::string>(),
                host.at("kernel").get<std::string>(), host.at("libc").get<std::string>()};
  store.cores = host.at("cores").get<int>();
  store.first = json.at("first").get<std::string>();
  store.latest = json.at("latest").get<std::string>();
  store.driver = json.at("driver").get<std::string>();
  store.profile = json.at("profile").get<std::string>();
  for (const auto& [interpreter, speed] : json.at("speeds").items()) {
    store.speeds[interpreter] = {before_of(speed.at("before")),
                                 speed.at("rounds").get<std::vector<double>>()};
  }
  for (const Json& point : json.at("points")) store.points.push_back(point_of(point));
  return store;
}

}  // namespace

RunStore RunStore::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw UsageError("cannot read the real runs '" + path + "'", kWayOut);
  try {
    const Json json = Json::parse(text.str());
    if (!json.is_object() || json.value("kind", "") != "real runs") {
      throw UsageError("'" + path + "' does not hold real runs", kWayOut);
    }
    if (json.value("schema", 0) != kSchema) {
      throw UsageError("'" + path + "' is of another version of this program",
                       "measure again into another file");
    }
    return store_of(json);
  } catch (const std::invalid_argument& error) {
    throw UsageError("'" + path + "': " + error.what(), kWayOut);
  } catch (const nlohmann::json::exception& error) {
    throw UsageError("'" + path + "' can't be understood: " + error.what(), kWayOut);
  }
}

std::string RunStore::text() const {
  const Json head = {{"kind", "real runs"},
                     {"schema", kSchema},
                     {"first", first},
                     {"latest", latest},
                     {"seed", seed},
                     {"host",
                      {{"fingerprint", host.fingerprint},
                       {"processor", host.processor},
                       {"kernel", host.kernel},
                       {"libc", host.libc},
                       {"cores", cores}}},
                     {"driver", driver},
                     {"profile", profile}};
  std::string result = head.dump(-1, ' ', false, Json::error_handler_t::replace);
  result.pop_back();
  result += ",\n\"speeds\":{";
  const char* separator = "\n";
  for (const auto& [interpreter, speed] : speeds) {
    const Json one = {{"before", before_json(speed.before)}, {"rounds", speed.rounds}};
    result += separator + Json(interpreter).dump() + ":" + one.dump();
    separator = ",\n";
  }
  result += "},\n\"points\":[";
  separator = "\n";
  for (const KeptPoint& point : points) {
    result += separator + point_json(point).dump(-1, ' ', false, Json::error_handler_t::replace);
    separator = ",\n";
  }
  return result + "\n]}\n";
}

const KeptPoint* RunStore::find(const std::string& scenario, const std::string& work) const {
  const auto found = std::find_if(points.begin(), points.end(), [&](const KeptPoint& point) {
    return point.scenario == scenario && point.work == work;
  });
  return found == points.end() ? nullptr : &*found;
}

KeptPoint* RunStore::find(const std::string& scenario, const std::string& work) {
  return const_cast<KeptPoint*>(std::as_const(*this).find(scenario, work));
}

KeptPoint& RunStore::add(KeptPoint point) {
  points.push_back(std::move(point));
  return points.back();
}

std::string kept_label(const scenario::Point& point) {
  const model::Configuration& configuration = point.configuration;
  return printable(point.label()) + ", " + plural(configuration.machine.cores, "core") + ", " +
         point.interpreter + ", " + scenario::format_duration(configuration.switch_interval);
}

}  // namespace gilsim::app
