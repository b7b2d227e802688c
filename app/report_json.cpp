#include "app/report_json.hpp"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/format.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value, const std::string& unit = "1") {
  if (!std::isfinite(value)) throw std::logic_error("a figure of the report is not finite");
  if (unit == "ns") return static_cast<std::int64_t>(std::llround(value));
  return value;
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? number(*value) : Json(nullptr);
}

Json band_json(const analysis::Band& band, const std::string& unit) {
  return {{"median", number(band.median, unit)},
          {"low", number(band.low, unit)},
          {"high", number(band.high, unit)}};
}

Json baselines_json(const std::map<std::string, double>& baselines, const std::string& unit) {
  Json json = Json::object();
  for (const auto& [name, value] : baselines) json[name] = number(value, unit);
  return json;
}

Json point_json(const ScenarioReport& scenario, const PointReport& point,
                const MetricReport& metric) {
  const model::Configuration& configuration = point.point.configuration;
  Json json = {{"scenario", scenario.name},
               {"file", scenario.file},
               {"question", scenario.question},
               {"strategy", point.point.strategy},
               {"workers", point.point.workers},
               {"cores", configuration.machine.cores},
               {"interpreter", point.point.interpreter},
               {"switch_interval_ns", configuration.switch_interval.count()},
               {"lock", lock_name(configuration)},
               {"metric", metric.metric},
               {"unit", metric.unit}};
  json["predicted"] = metric.predicted ? band_json(*metric.predicted, metric.unit) : Json(nullptr);
  json["measured"] = metric.measured ? band_json(*metric.measured, metric.unit) : Json(nullptr);
  if (metric.measured) json["measured"]["runs"] = metric.runs;
  json["lock_handovers"] = or_null(point.lock_handovers);  // simulated, of the whole run
  json["ill_conditioned"] = point.is_ill_conditioned(metric.metric);
  json["baseline"] = baselines_json(metric.baseline, metric.unit);
  json["error"] = or_null(metric.error());
  json["fingerprint"] = hexadecimal(point.fingerprint);
  return json;
}

Json errors_json(const analysis::ErrorSummary& errors) {
  return {{"n", errors.n},
          {"median_abs_error", or_null(errors.median_abs_error)},
          {"p90_abs_error", or_null(errors.p90_abs_error)}};
}

Json summary_json(const Report& report) {
  const analysis::Summary summary = summary_of(report);
  Json json = errors_json(summary.errors);
  json["coverage"] = or_null(summary.coverage);
  json["baselines"] = Json::object();
  for (const auto& [name, errors] : summary.baselines) {
    json["baselines"][name] = errors_json(errors);
  }
  return json;
}

}  // namespace

std::string report_json(const Report& report) {
  Json json = {{"schema", 1},
               {"program", "gilsim"},
               {"version", GILSIM_VERSION},
               {"command", report.command},
               {"reproduce", report.reproduce},
               {"seed", report.seed},
               {"replications", report.replications},
               {"interrupted", report.interrupted},
               {"host",
                {{"processor", report.host.processor},
                 {"kernel", report.host.kernel},
                 {"libc", report.host.libc},
                 {"cores", report.cores},
                 {"fingerprint", report.host.fingerprint}}}};
  for (const SpeedWatch::Line& line : report.speeds) {
    Json& speed = json["speed"][line.interpreter];
    speed["at_prediction"] = line.at_prediction;
    speed["during_runs"] = line.during_the_runs ? band_json(*line.during_the_runs, "1") : Json();
  }
  json["configurations"] = Json::object();
  json["points"] = Json::array();
  for (const ScenarioReport& scenario : report.scenarios) {
    json["configurations"][scenario.file] = scenario.configuration;
    for (const PointReport& point : scenario.points) {
      for (const MetricReport& metric : point.metrics) {
        json["points"].push_back(point_json(scenario, point, metric));
      }
    }
  }
  json["summary"] = summary_json(report);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gilsim::app
