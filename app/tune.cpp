#include "app/tune.hpp"

#include <algorithm>

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

// What is smaller the better the run was.
std::vector<double> costs_of(const Alternative& alternative, const Objective& objective) {
  std::vector<double> costs;
  for (const RunFigures& run : alternative.runs) {
    const double value = run.value(objective.metric).value_or(0);
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

// Leaves out of further rounds what is worse or breaks the constraint; returns who is still in.
std::vector<Alternative*> judged(Tuned& tuned, const Alternative& own, const TuneRule& rule) {
  std::vector<std::vector<double>> costs;
  std::vector<std::size_t> who;
  std::vector<bool> eligible;
  const double confidence = confidence_of_each(rule, tuned.alternatives.size());
  for (std::size_t i = 0; i < tuned.alternatives.size(); ++i) {
    Alternative& alternative = tuned.alternatives[i];
    if (rule.constraint && alternative.standing != Standing::kBroken && !alternative.worse) {
      alternative.standing = standing_of(*rule.constraint, alternative, own, confidence);
    }
    if (alternative.standing == Standing::kBroken) continue;
    costs.push_back(costs_of(alternative, rule.objective));
    who.push_back(i);
    eligible.push_back(alternative.standing == Standing::kMet && !alternative.worse);
  }
  std::vector<Alternative*> left;
  tuned.best.reset();
  if (std::find(eligible.begin(), eligible.end(), true) == eligible.end()) {
    for (const std::size_t i : who) {
      tuned.alternatives[i].worse = false;
      left.push_back(&tuned.alternatives[i]);
    }
    return left;
  }
  const analysis::Selection selection = analysis::select(costs, rule.confidence, eligible);
  tuned.best = who[selection.best];
  for (std::size_t i = 0; i < who.size(); ++i) {
    Alternative& alternative = tuned.alternatives[who[i]];
    alternative.worse = alternative.worse || selection.worse[i];
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

Tuned tune(std::vector<Alternative> alternatives, Alternative& own, const TuneRule& rule, Io& io) {
  Tuned tuned;
  tuned.alternatives = std::move(alternatives);
  std::vector<Alternative*> left;
  for (Alternative& alternative : tuned.alternatives) left.push_back(&alternative);
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
    left = judged(tuned, own, rule);
    const bool is_settled = left.empty() || (left.size() == 1 && tuned.best);
    if (is_settled || 2 * replications > rule.most) return tuned;
  }
}

}  // namespace gilsim::app
