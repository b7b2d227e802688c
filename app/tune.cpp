#include "app/tune.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/mean_interval.hpp"
#include "analysis/selection.hpp"
#include "app/errors.hpp"
#include "app/parallel.hpp"
#include "app/progress.hpp"
#include "app/replicate.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

RunFigures with_throughput(const scenario::Point& point, std::uint64_t seed,
                           std::size_t replication) {
  RunFigures run = simulate_replication(point, seed, replication).figures;
  run.figures.push_back({"throughput", "1/s", throughput_of(point, run)});
  return run;
}

void simulate_up_to(std::vector<Alternative*> alternatives, int replications, const TuneRule& rule,
                    Io& io) {
  struct Piece {
    Alternative* alternative;
    std::size_t replication;
  };
  std::vector<Piece> pieces;
  for (Alternative* const alternative : alternatives) {
    const std::size_t done = alternative->runs.size();
    alternative->runs.resize(std::max(done, static_cast<std::size_t>(replications)));
    for (std::size_t i = done; i < alternative->runs.size(); ++i)
      pieces.push_back({alternative, i});
  }
  Progress progress(io, "simulating", pieces.size(), Progress::Plain::kSilent);
  parallel_for(
      pieces.size(), rule.jobs, io.stop,
      [&](std::size_t i) {
        const Piece& piece = pieces[i];
        piece.alternative->runs[piece.replication] =
            with_throughput(piece.alternative->point, rule.seed, piece.replication);
      },
      [&](std::size_t done) { progress.update(done); });
}

// What is smaller the better the run was, of the first runs.
std::vector<double> costs_of(const Alternative& alternative, const Objective& objective,
                             std::size_t replications) {
  std::vector<double> costs;
  for (std::size_t i = 0; i < replications; ++i) {
    const double value = alternative.runs[i].value(objective.metric).value_or(0);
    costs.push_back(objective.maximize ? -value : value);
  }
  return costs;
}

// How far each run is on the right side of the bound; empty where a run lacks the metric.
std::vector<double> margins_of(const Constraint& constraint, const Alternative& alternative,
                               const Alternative& own) {
  std::vector<double> margins;
  for (std::size_t i = 0; i < alternative.runs.size(); ++i) {
    const auto seen = alternative.runs[i].value(constraint.metric);
    const auto reference = own.runs[i].value(constraint.metric);
    if (!seen || (constraint.relative && !reference)) return {};
    const double bound = constraint.relative ? constraint.bound * *reference : constraint.bound;
    margins.push_back(constraint.at_least ? *seen - bound : bound - *seen);
  }
  return margins;
}

Standing standing_of(const Constraint& constraint, const Alternative& alternative,
                     const Alternative& own, double confidence) {
  const std::vector<double> margins = margins_of(constraint, alternative, own);
  if (margins.empty()) return Standing::kBroken;
  const analysis::MeanInterval interval = analysis::mean_interval(margins, confidence);
  if (interval.mean - interval.half_width >= 0) return Standing::kMet;
  return interval.mean + interval.half_width < 0 ? Standing::kBroken : Standing::kOpen;
}

// On one side, all alternatives together.
double confidence_of_each(const TuneRule& rule, std::size_t alternatives) {
  const double risk =
      (1 - rule.confidence) / static_cast<double>(std::max<std::size_t>(1, alternatives));
  return 1 - 2 * std::min(risk, 0.49);
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Index into `who`: as good as the least cost, and sets fewest keys.
std::size_t plainest(const Tuned& tuned, const std::vector<std::size_t>& who,
                     const std::vector<std::vector<double>>& costs,
                     const std::vector<bool>& eligible, std::size_t least, double indifference) {
  const double bound = mean_of(costs[least]) + indifference * std::fabs(mean_of(costs[least]));
  std::size_t chosen = least;
  for (std::size_t i = 0; i < who.size(); ++i) {
    const std::size_t keys = tuned.alternatives[who[i]].values.size();
    const bool is_plainer = keys < tuned.alternatives[who[chosen]].values.size();
    if (eligible[i] && is_plainer && mean_of(costs[i]) <= bound) chosen = i;
  }
  return chosen;
}

// Leaves out of further rounds what is worse or breaks the constraint; returns who is still in.
// `replications`: that all have, of those that are in.
std::vector<Alternative*> judged(Tuned& tuned, const Alternative& own, const TuneRule& rule,
                                 std::size_t replications) {
  std::vector<std::vector<double>> costs;
  std::vector<std::size_t> who;
  std::vector<bool> eligible;
  const double confidence = confidence_of_each(rule, tuned.alternatives.size());
  for (std::size_t i = 0; i < tuned.alternatives.size(); ++i) {
    Alternative& alternative = tuned.alternatives[i];
    if (rule.constraint && alternative.standing != Standing::kBroken && !alternative.worse) {
      alternative.standing = standing_of(*rule.constraint, alternative, own, confidence);
    }
    if (alternative.standing == Standing::kBroken || alternative.worse) continue;
    costs.push_back(costs_of(alternative, rule.objective, replications));
    who.push_back(i);
    eligible.push_back(alternative.standing == Standing::kMet);
  }
  std::vector<Alternative*> left;
  tuned.best.reset();
  if (std::find(eligible.begin(), eligible.end(), true) == eligible.end()) {
    for (const std::size_t i : who) left.push_back(&tuned.alternatives[i]);
    return left;
  }
  const analysis::Selection selection =
      analysis::select(costs, rule.confidence, eligible, rule.indifference);
  tuned.best = who[plainest(tuned, who, costs, eligible, selection.best, rule.indifference)];
  for (std::size_t i = 0; i < who.size(); ++i) {
    Alternative& alternative = tuned.alternatives[who[i]];
    alternative.worse = selection.worse[i];
    if (!alternative.worse) left.push_back(&alternative);
  }
  return left;
}

std::vector<std::string> metrics_of(const Alternative& alternative) {
  std::vector<std::string> names;
  for (const Figure& figure : alternative.runs.front().figures) names.push_back(figure.metric);
  return names;
}

}  // namespace

std::optional<double> Alternative::mean(const std::string& metric, std::size_t replications) const {
  const std::size_t count = replications == 0 ? runs.size() : std::min(replications, runs.size());
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = runs[i].value(metric);
    if (!value) return std::nullopt;
    sum += *value;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

double throughput_of(const scenario::Point& point, const RunFigures& run) {
  if (point.configuration.is_batch()) {
    const double wall = run.value("wall").value_or(0);
    return wall > 0 ? 1e9 * point.configuration.batch.tasks / wall : 0;
  }
  double computing = 0, all = 0;
  bool somebody_computes = false;
  for (const model::LoopingThread& thread : point.configuration.threads) {
    const double rate = run.value(thread.name + ".rate").value_or(0);
    all += rate;
    if (waits(thread.program)) continue;
    computing += rate;
    somebody_computes = true;
  }
  return somebody_computes ? computing : all;
}

double cost_of(const Alternative& alternative, const Objective& objective) {
  const double value = alternative.mean(objective.metric).value_or(0);
  return objective.maximize ? -value : value;
}

Tuned tune(Tuned tuned, Alternative& own, const TuneRule& rule, Io& io) {
  std::vector<Alternative*> left;
  for (Alternative& alternative : tuned.alternatives) {
    const bool is_new = alternative.runs.empty();
    const bool is_in = !alternative.worse && alternative.standing != Standing::kBroken;
    if (is_new || is_in) left.push_back(&alternative);
  }
  for (int replications = rule.fewest;; replications *= 2) {
    std::vector<Alternative*> all = left;
    all.push_back(&own);
    simulate_up_to(all, replications, rule, io);
    tuned.interrupted = io.stop;
    if (tuned.interrupted) return tuned;
    for (const Alternative* const alternative : left) {
      if (alternative->mean(rule.objective.metric)) continue;
      throw UsageError(
          "'" + alternative->point.label() + "' has no metric '" + rule.objective.metric + "'",
          "it has " + scenario::join(metrics_of(*alternative)));
    }
    left = judged(tuned, own, rule, static_cast<std::size_t>(replications));
    const bool is_settled = left.empty() || (left.size() == 1 && tuned.best);
    if (is_settled || 2 * replications > rule.most) return tuned;
  }
}

}  // namespace gilsim::app
