// What a validation comes to, in figures: for each quantity the errors of the simulation and of the
// trivial rules on the same figures, how honest the prediction intervals are, whether the order is
// right, whether the choice of strategy and workers is.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "analysis/decision.hpp"
#include "analysis/interval_score.hpp"
#include "app/report.hpp"

namespace gilsim::app {

// A figure that was predicted and measured, and where it is from.
struct ScoredFigure {
  const ScenarioReport* scenario = nullptr;
  const PointReport* point = nullptr;
  const MetricReport* metric = nullptr;
  std::string quantity;
};

// "wall", "speedup", "CPU time", "handovers", "I/O rate", "rate beside I/O", "rate", "p50", ...
std::string quantity_of(const PointReport& point, const MetricReport& metric);
// In the order in which reports list them.
const std::vector<std::string>& quantities();

using ScenarioFilter = std::function<bool(const ScenarioReport&)>;
std::vector<ScoredFigure> scored_figures(const Report& report, const ScenarioFilter& filter);

struct RuleScore {
  analysis::ErrorSummary rule;
  analysis::ErrorSummary simulation;  // on the same figures
};

struct QuantityScore {
  std::string quantity;
  analysis::ErrorSummary errors;
  analysis::IntervalScore intervals;
  std::optional<double> spearman;
  std::optional<double> kendall;
  std::map<std::string, RuleScore> rules;
};

std::vector<QuantityScore> quantity_scores(const std::vector<ScoredFigure>& figures);

struct ScoredDecision {
  const ScenarioReport* scenario = nullptr;
  const PointReport* chosen = nullptr;
  const PointReport* best = nullptr;
  analysis::Decision decision;
};

// One a scenario and setting in which several ways to run a batch compete.
std::vector<ScoredDecision> scored_decisions(const Report& report, const ScenarioFilter& filter);
analysis::DecisionSummary summary_of(const std::vector<ScoredDecision>& decisions);

// Marked as ill-conditioned before any run, or predicted so wide that a figure says little.
bool is_wide(const ScoredFigure& figure);

}  // namespace gilsim::app
