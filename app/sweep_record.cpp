#include "app/sweep_record.hpp"

#include <cmath>
#include <stdexcept>

#include "analysis/quantile.hpp"
#include "app/format.hpp"
#include "app/report.hpp"

namespace gilsim::app {
namespace {

Json varied_json(const SweepPlan& plan, std::size_t combination) {
  Json varied = Json::object();
  const std::vector<std::size_t> chosen = plan.family.choices(combination);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    varied[plan.columns[i].name] = plan.columns[i].value(plan.family.keys()[i].texts[chosen[i]]);
  }
  return varied;
}

Json finite(double value, const std::string& unit) {
  if (!std::isfinite(value)) throw std::logic_error("a figure of the sweep is not finite");
  if (unit == "ns") return static_cast<std::int64_t>(std::llround(value));
  return value;
}

Json figure_json(const Series& series) {
  const analysis::Band band = analysis::band_of(series.values);
  const std::string suffix = series.unit == "ns" ? "_ns" : "";
  return {{"unit", series.unit},
          {"median" + suffix, finite(band.median, series.unit)},
          {"low" + suffix, finite(band.low, series.unit)},
          {"high" + suffix, finite(band.high, series.unit)}};
}

Json or_null(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json median_seen(const std::vector<RunFigures>& runs, double RunFigures::*member) {
  std::vector<double> seen;
  for (const RunFigures& run : runs) {
    if (run.*member >= 0) seen.push_back(run.*member);
  }
  if (seen.empty()) return nullptr;
  return analysis::quantile(seen, 0.5);
}

}  // namespace

Json sweep_header(const SweepPlan& plan, const std::string& command) {
  Json varied = Json::object();
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    Json& values = varied[plan.columns[i].name] = Json::array();
    for (const std::string& text : plan.family.keys()[i].texts) {
      values.push_back(plan.columns[i].value(text));
    }
  }
  Json hosts = Json::object();
  for (const auto& [name, host] : plan.hosts) {
    hosts[name] = {{"description", host.profile.description},
                   {"processor", host.profile.host.processor},
                   {"kernel", host.profile.host.kernel},
                   {"cores", host.profile.machine.cores}};
  }
  return {{"schema", 1},
          {"kind", "sweep"},
          {"program", "gilsim"},
          {"version", GILSIM_VERSION},
          {"identity", plan.identity},
          {"command", command},
          {"scenario", plan.name},
          {"file", plan.file},
          {"question", plan.question},
          {"hosts", hosts},
          {"varied", varied},
          {"combined", plan.combination == scenario::Combination::kZip ? "zip" : "product"},
          {"combinations", plan.combinations()},
          {"points", plan.points()},
          {"seed", plan.seed},
          {"replications", plan.rule.least},
          {"max_replications", plan.rule.most},
          {"precision", or_null(plan.rule.precision)},
          {"first_configuration", plan.configuration}};
}

Json sweep_record(const SweepPlan& plan, std::size_t index, const scenario::Point& point,
                  const Replicated& result, const std::vector<RunFigures>* reference) {
  const std::size_t combination = plan.combination_of(index);
  const model::Configuration& configuration = point.configuration;
  Json record = {{"point", index},
                 {"combination", combination},
                 {"varied", varied_json(plan, combination)},
                 {"label", point.label()},
                 {"strategy", point.strategy},
                 {"workers", point.workers},
                 {"cores", configuration.machine.cores},
                 {"interpreter", point.interpreter},
                 {"switch_interval_ns", configuration.switch_interval.count()},
                 {"lock", lock_name(configuration)},
                 {"replications", result.runs.size()},
                 {"half_width", or_null(result.half_width)},
                 {"figures", Json::object()},
                 {"lock_handovers", median_seen(result.runs, &RunFigures::lock_handovers)},
                 {"forced_drops", median_seen(result.runs, &RunFigures::forced_drops)},
                 {"seed", plan.seed},
                 {"fingerprint", hexadecimal(result.fingerprint)}};
  for (const Series& series : series_of(result.runs, reference)) {
    record["figures"][series.metric] = figure_json(series);
  }
  return record;
}

std::string ndjson_line(const Json& record) {
  return record.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

double figure_value(const Json& figure, const std::string& which) {
  return figure.at(figure.at("unit") == "ns" ? which + "_ns" : which).get<double>();
}

}  // namespace gilsim::app
