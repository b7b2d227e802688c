#include "app/report.hpp"

#include <algorithm>

#include "app/baselines.hpp"
#include "app/format.hpp"
#include "models/lock/registry.hpp"

namespace gilsim::app {
namespace {

std::optional<double> median_of(const std::vector<RunFigures>& runs, double RunFigures::*member) {
  std::vector<double> seen;
  for (const RunFigures& run : runs) {
    if (run.*member >= 0) seen.push_back(run.*member);
  }
  if (seen.empty()) return std::nullopt;
  return analysis::quantile(seen, 0.5);
}

MetricReport& metric_entry(PointReport& point, const Series& series) {
  for (MetricReport& metric : point.metrics) {
    if (metric.metric == series.metric) return metric;
  }
  point.metrics.push_back({series.metric, series.unit, {}, {}, 0, {}, {}});
  return point.metrics.back();
}

std::string host_text(const Study& study) {
  const std::string& processor = study.profile.host.processor;
  return (processor.empty() ? study.profile.description : processor) + ", " +
         plural(study.profile.machine.cores, "core") + " (" + study.profile_path + ")";
}

class PointReports {
 public:
  PointReports(const std::vector<scenario::Point>& points, std::size_t offset,
               const std::vector<Prediction>& predictions,
               const std::vector<std::vector<RunFigures>>& measured,
               const PredictionOptions& options)
      : points_(points),
        offset_(offset),
        predictions_(predictions),
        measured_(measured),
        options_(options) {}

  PointReport of(std::size_t index) const {
    PointReport report;
    report.point = points_[index];
    const std::optional<std::size_t> reference = speedup_reference(points_, index);
    if (!predictions_.empty()) add_prediction(report, index, reference);
    if (!measured_.empty()) add_measurement(report, index, reference);
    const auto baselines = baselines_of(report.point.configuration, options_);
    for (MetricReport& metric : report.metrics) {
      const auto found = baselines.find(metric.metric);
      if (found != baselines.end()) metric.baseline = found->second;
    }
    return report;
  }

 private:
  void add_prediction(PointReport& report, std::size_t index,
                      std::optional<std::size_t> reference) const {
    const Prediction& own = predictions_[offset_ + index];
    const auto* const other =
        reference ? &predictions_[offset_ + *reference].replications : nullptr;
    for (const Series& series : series_of(own.replications, other)) {
      metric_entry(report, series).predicted = analysis::band_of(series.values);
    }
    report.lock_handovers = median_of(own.replications, &RunFigures::lock_handovers);
    report.forced_drops = median_of(own.replications, &RunFigures::forced_drops);
    report.fingerprint = own.fingerprint;
    report.ill_conditioned = own.ill_conditioned;
  }

  void add_measurement(PointReport& report, std::size_t index,
                       std::optional<std::size_t> reference) const {
    const std::vector<RunFigures>& own = measured_[offset_ + index];
    const auto* const other = reference ? &measured_[offset_ + *reference] : nullptr;
    for (const Series& series : series_of(own, other)) {
      MetricReport& metric = metric_entry(report, series);
      metric.measured = analysis::band_of(series.values);
      metric.runs = static_cast<int>(series.values.size());
      metric.values = series.values;
    }
    report.voluntary_switches = median_of(own, &RunFigures::voluntary_switches);
    report.involuntary_switches = median_of(own, &RunFigures::involuntary_switches);
  }

  const std::vector<scenario::Point>& points_;
  std::size_t offset_;
  const std::vector<Prediction>& predictions_;
  const std::vector<std::vector<RunFigures>>& measured_;
  const PredictionOptions& options_;
};

}  // namespace

std::optional<double> MetricReport::error() const {
  if (!predicted || !measured) return std::nullopt;
  return analysis::relative_error(predicted->median, measured->median);
}

const MetricReport* PointReport::metric(const std::string& name) const {
  for (const MetricReport& candidate : metrics) {
    if (candidate.metric == name) return &candidate;
  }
  return nullptr;
}

bool PointReport::is_ill_conditioned(const std::string& name) const {
  const auto subject = [](const std::string& metric) {  // the thread, or the batch
    const std::size_t dot = metric.rfind('.');
    return dot == std::string::npos ? "" : metric.substr(0, dot);
  };
  return std::any_of(ill_conditioned.begin(), ill_conditioned.end(), [&](const auto& condition) {
    return name != "cpu" && subject(condition.metric) == subject(name);
  });
}

std::string lock_name(const model::Configuration& configuration) {
  const model::LockModel* const model = model::find_lock_model(configuration);
  return model ? model::name_of(model->kind) : "";
}

std::optional<std::size_t> speedup_reference(const std::vector<scenario::Point>& points,
                                             std::size_t index) {
  const model::Configuration& own = points[index].configuration;
  if (!own.is_batch() || own.strategy == model::StrategyKind::kSequential) return std::nullopt;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const model::Configuration& other = points[i].configuration;
    if (other.is_batch() && other.strategy == model::StrategyKind::kSequential &&
        other.machine.cores == own.machine.cores &&
        points[i].interpreter == points[index].interpreter &&
        other.switch_interval == own.switch_interval && other.lock == own.lock) {
      return i;
    }
  }
  return std::nullopt;
}

std::vector<ScenarioReport> scenario_reports(const std::vector<Study>& studies,
                                             const std::vector<Prediction>& predictions,
                                             const std::vector<std::vector<RunFigures>>& measured,
                                             const PredictionOptions& options) {
  std::vector<ScenarioReport> reports;
  std::size_t offset = 0;
  for (const Study& study : studies) {
    ScenarioReport report{study.file,
                          study.name,
                          study.scenario.question,
                          host_text(study),
                          scenario::print_config(study.scenario),
                          study.scenario.expect,
                          {}};
    const PointReports points(study.points, offset, predictions, measured, options);
    for (std::size_t i = 0; i < study.points.size(); ++i) report.points.push_back(points.of(i));
    offset += study.points.size();
    reports.push_back(std::move(report));
  }
  return reports;
}

analysis::Summary summary_of(const Report& report, const MetricFilter& filter) {
  std::vector<analysis::ScoreInput> inputs;
  for (const ScenarioReport& scenario : report.scenarios) {
    for (const PointReport& point : scenario.points) {
      for (const MetricReport& metric : point.metrics) {
        if (!metric.predicted || !metric.measured || (filter && !filter(metric))) continue;
        inputs.push_back({*metric.predicted, *metric.measured, metric.baseline});
      }
    }
  }
  return analysis::summarize(inputs);
}

}  // namespace gilsim::app
