#include "analysis/comparison.hpp"

#include <cmath>
#include <utility>

namespace gilsim::analysis {
namespace {

ErrorSummary summary_of(std::vector<double> absolute_errors) {
  ErrorSummary summary;
  summary.n = static_cast<int>(absolute_errors.size());
  if (absolute_errors.empty()) return summary;
  summary.median_abs_error = quantile(absolute_errors, 0.5);
  summary.p90_abs_error = quantile(std::move(absolute_errors), 0.9);
  return summary;
}

}  // namespace

std::optional<double> relative_error(double predicted, double measured) {
  if (!std::isfinite(predicted) || !std::isfinite(measured) || measured <= 0) return std::nullopt;
  return (predicted - measured) / measured;
}

Summary summarize(const std::vector<ScoreInput>& points) {
  std::vector<double> errors;
  std::map<std::string, std::vector<double>> baseline_errors;
  int covered = 0;
  for (const ScoreInput& point : points) {
    const double measured = point.measured.median;
    if (const auto error = relative_error(point.predicted.median, measured)) {
      errors.push_back(std::abs(*error));
      if (point.predicted.low <= measured && measured <= point.predicted.high) ++covered;
    }
    for (const auto& [name, prediction] : point.baseline) {
      if (const auto error = relative_error(prediction, measured)) {
        baseline_errors[name].push_back(std::abs(*error));
      }
    }
  }

  Summary summary;
  summary.errors = summary_of(std::move(errors));
  if (summary.errors.n > 0) {
    summary.coverage = static_cast<double>(covered) / summary.errors.n;
  }
  for (auto& [name, values] : baseline_errors) {
    summary.baselines[name] = summary_of(std::move(values));
  }
  return summary;
}

}  // namespace gilsim::analysis
