#include "app/report_csv.hpp"

#include <charconv>
#include <cmath>
#include <set>
#include <stdexcept>

#include "app/format.hpp"

namespace gilsim::app {
namespace {

constexpr const char* kLineEnd = "\r\n";

std::string number(double value, const std::string& unit) {
  if (!std::isfinite(value)) throw std::logic_error("a figure of the report is not finite");
  if (unit == "ns") return std::to_string(std::llround(value));
  char buffer[32];
  return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

std::string line(const std::vector<std::string>& fields) {
  std::string text;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    text += (i == 0 ? "" : ",") + csv_field(fields[i]);
  }
  return text + kLineEnd;
}

void add_band(std::vector<std::string>& fields, const std::optional<analysis::Band>& band,
              const std::string& unit) {
  fields.push_back(band ? number(band->median, unit) : "");
  fields.push_back(band ? number(band->low, unit) : "");
  fields.push_back(band ? number(band->high, unit) : "");
}

std::set<std::string> baseline_names(const Report& report) {
  std::set<std::string> names;
  for (const ScenarioReport& scenario : report.scenarios) {
    for (const PointReport& point : scenario.points) {
      for (const MetricReport& metric : point.metrics) {
        for (const auto& [name, value] : metric.baseline) names.insert(name);
      }
    }
  }
  return names;
}

std::vector<std::string> header(const std::set<std::string>& baselines) {
  std::vector<std::string> fields = {
      "scenario",       "file",        "strategy",           "workers",
      "cores",          "interpreter", "switch_interval_ns", "lock",
      "metric",         "unit",        "predicted",          "predicted_low",
      "predicted_high", "measured",    "measured_low",       "measured_high",
      "runs",           "error",       "fingerprint"};
  for (const std::string& name : baselines) fields.push_back("baseline_" + name);
  return fields;
}

std::vector<std::string> row(const ScenarioReport& scenario, const PointReport& point,
                             const MetricReport& metric, const std::set<std::string>& baselines) {
  const model::Configuration& configuration = point.point.configuration;
  std::vector<std::string> fields = {scenario.name,
                                     scenario.file,
                                     point.point.strategy,
                                     std::to_string(point.point.workers),
                                     std::to_string(configuration.machine.cores),
                                     point.point.interpreter,
                                     std::to_string(configuration.switch_interval.count()),
                                     lock_name(configuration),
                                     metric.metric,
                                     metric.unit};
  add_band(fields, metric.predicted, metric.unit);
  add_band(fields, metric.measured, metric.unit);
  fields.push_back(metric.measured ? std::to_string(metric.runs) : "");
  const std::optional<double> error = metric.error();
  fields.push_back(error ? number(*error, "1") : "");
  fields.push_back(hexadecimal(point.fingerprint));
  for (const std::string& name : baselines) {
    const auto found = metric.baseline.find(name);
    fields.push_back(found == metric.baseline.end() ? "" : number(found->second, metric.unit));
  }
  return fields;
}

}  // namespace

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + "\"";
}

std::string report_csv(const Report& report) {
  const std::set<std::string> baselines = baseline_names(report);
  std::string text = line(header(baselines));
  for (const ScenarioReport& scenario : report.scenarios) {
    for (const PointReport& point : scenario.points) {
      for (const MetricReport& metric : point.metrics) {
        text += line(row(scenario, point, metric, baselines));
      }
    }
  }
  return text;
}

}  // namespace gilsim::app
