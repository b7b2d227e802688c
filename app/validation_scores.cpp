#include "app/validation_scores.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/rank_correlation.hpp"
#include "app/conditioning.hpp"
#include "app/report_tables.hpp"

namespace gilsim::app {
namespace {

bool has_latencies(const PointReport& point, const std::string& thread) {
  return point.metric(thread + ".p50") != nullptr;
}

bool any_thread_waits(const PointReport& point) {
  const auto& threads = point.point.configuration.threads;
  return std::any_of(threads.begin(), threads.end(),
                     [](const model::LoopingThread& thread) { return waits(thread.program); });
}

std::vector<ScoredFigure> of_quantity(const std::vector<ScoredFigure>& figures,
                                      const std::string& quantity) {
  std::vector<ScoredFigure> found;
  std::copy_if(figures.begin(), figures.end(), std::back_inserter(found),
               [&](const ScoredFigure& figure) { return figure.quantity == quantity; });
  return found;
}

void add_orders(QuantityScore& score, const std::vector<ScoredFigure>& figures) {
  std::vector<double> predicted, measured;
  for (const ScoredFigure& figure : figures) {
    predicted.push_back(figure.metric->predicted->median);
    measured.push_back(figure.metric->measured->median);
  }
  score.spearman = analysis::spearman(predicted, measured);
  score.kendall = analysis::kendall(predicted, measured);
}

void add_rules(QuantityScore& score, const std::vector<ScoredFigure>& figures) {
  std::map<std::string, std::vector<analysis::ScoreInput>> by_rule;
  for (const ScoredFigure& figure : figures) {
    for (const auto& [name, value] : figure.metric->baseline) {
      by_rule[name].push_back(
          {*figure.metric->predicted, *figure.metric->measured, {{name, value}}});
    }
  }
  for (const auto& [name, inputs] : by_rule) {
    const analysis::Summary summary = analysis::summarize(inputs);
    if (summary.baselines.count(name) == 0) continue;
    score.rules[name] = {summary.baselines.at(name), summary.errors};
  }
}

QuantityScore score_of(const std::string& quantity, const std::vector<ScoredFigure>& figures) {
  QuantityScore score;
  score.quantity = quantity;
  std::vector<analysis::ScoreInput> errors;
  std::vector<analysis::IntervalInput> intervals;
  for (const ScoredFigure& figure : figures) {
    errors.push_back({*figure.metric->predicted, *figure.metric->measured, {}});
    intervals.push_back({*figure.metric->predicted, figure.metric->values});
  }
  score.errors = analysis::summarize(errors).errors;
  score.intervals = analysis::score_intervals(intervals);
  add_orders(score, figures);
  add_rules(score, figures);
  return score;
}

bool is_first_of_its_setting(const ScenarioReport& scenario, std::size_t index) {
  for (std::size_t i = 0; i < index; ++i) {
    if (same_setting(scenario.points[i], scenario.points[index])) return false;
  }
  return true;
}

std::vector<const PointReport*> competitors(const ScenarioReport& scenario, std::size_t index) {
  std::vector<const PointReport*> found;
  for (const PointReport& point : scenario.points) {
    const MetricReport* const wall = point.metric("wall");
    if (same_setting(point, scenario.points[index]) && wall != nullptr && wall->predicted &&
        wall->measured) {
      found.push_back(&point);
    }
  }
  return found;
}

}  // namespace

std::string quantity_of(const PointReport& point, const MetricReport& metric) {
  if (metric.metric == "cpu") return "CPU time";
  const std::size_t dot = metric.metric.rfind('.');
  if (dot == std::string::npos) return metric.metric;
  const std::string kind = metric.metric.substr(dot + 1);
  if (kind != "rate") return kind;
  if (has_latencies(point, metric.metric.substr(0, dot))) return "I/O rate";
  return any_thread_waits(point) ? "rate beside I/O" : "rate";
}

const std::vector<std::string>& quantities() {
  static const std::vector<std::string> order = {
      "wall", "speedup", "CPU time", "handovers", "I/O rate", "rate beside I/O",
      "rate", "p50",     "p95",      "p99"};
  return order;
}

std::vector<ScoredFigure> scored_figures(const Report& report, const ScenarioFilter& filter) {
  std::vector<ScoredFigure> figures;
  for (const ScenarioReport& scenario : report.scenarios) {
    if (!filter(scenario)) continue;
    for (const PointReport& point : scenario.points) {
      for (const MetricReport& metric : point.metrics) {
        const bool is_nothing = metric.metric == "handovers" && metric.measured &&
                                metric.measured->median < 1;  // one worker hands nothing over
        if (!metric.error() || is_nothing) continue;
        figures.push_back({&scenario, &point, &metric, quantity_of(point, metric)});
      }
    }
  }
  return figures;
}

std::vector<QuantityScore> quantity_scores(const std::vector<ScoredFigure>& figures) {
  std::vector<QuantityScore> scores;
  for (const std::string& quantity : quantities()) {
    const std::vector<ScoredFigure> own = of_quantity(figures, quantity);
    if (!own.empty()) scores.push_back(score_of(quantity, own));
  }
  return scores;
}

std::vector<ScoredDecision> scored_decisions(const Report& report, const ScenarioFilter& filter) {
  std::vector<ScoredDecision> decisions;
  for (const ScenarioReport& scenario : report.scenarios) {
    if (!filter(scenario)) continue;
    for (std::size_t i = 0; i < scenario.points.size(); ++i) {
      if (!is_first_of_its_setting(scenario, i)) continue;
      const std::vector<const PointReport*> points = competitors(scenario, i);
      std::vector<analysis::Alternative> alternatives;
      for (const PointReport* const point : points) {
        const MetricReport& wall = *point->metric("wall");
        alternatives.push_back({wall.predicted->median, wall.measured->median});
      }
      const auto decision = analysis::decide(alternatives);
      if (!decision) continue;
      decisions.push_back({&scenario, points[decision->chosen], points[decision->best], *decision});
    }
  }
  return decisions;
}

analysis::DecisionSummary summary_of(const std::vector<ScoredDecision>& decisions) {
  std::vector<analysis::Decision> all;
  for (const ScoredDecision& one : decisions) all.push_back(one.decision);
  return analysis::summarize(all);
}

bool is_wide(const ScoredFigure& figure) {
  const analysis::Band& predicted = *figure.metric->predicted;
  const bool is_far = predicted.low * kMostMoved < predicted.median ||
                      predicted.median * kMostMoved < predicted.high;
  return is_far || figure.point->is_ill_conditioned(figure.metric->metric);
}

}  // namespace gilsim::app
