#include "app/tune.hpp"

#include <algorithm>

#include "analysis/selection.hpp"
#include "app/errors.hpp"
#include "app/parallel.hpp"
#include "app/progress.hpp"
#include "app/replicate.hpp"

namespace gilsim::app {
namespace {

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
            simulate_replication(piece.alternative->point, rule.seed, piece.replication).figures;
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

bool allows(const Constraint& constraint, const Alternative& alternative, const Alternative& own) {
  const auto seen = alternative.mean(constraint.metric);
  const auto reference = own.mean(constraint.metric, alternative.runs.size());
  if (!seen || (constraint.relative && !reference)) return false;
  const double bound = constraint.relative ? constraint.bound * *reference : constraint.bound;
  return constraint.at_least ? *seen >= bound : *seen <= bound;
}

// Leaves out of further rounds what is worse or not allowed; returns who is still in.
std::vector<Alternative*> judged(Tuned& tuned, const Alternative& own, const TuneRule& rule) {
  std::vector<std::vector<double>> costs;
  std::vector<std::size_t> who;
  for (std::size_t i = 0; i < tuned.alternatives.size(); ++i) {
    Alternative& alternative = tuned.alternatives[i];
    alternative.allowed = !rule.constraint || allows(*rule.constraint, alternative, own);
    if (!alternative.allowed) continue;
    costs.push_back(costs_of(alternative, rule.objective));
    who.push_back(i);
  }
  std::vector<Alternative*> left;
  tuned.best.reset();
  if (who.empty()) return left;
  const analysis::Selection selection = analysis::select(costs, rule.confidence);
  tuned.best = who[selection.best];
  for (std::size_t i = 0; i < who.size(); ++i) {
    tuned.alternatives[who[i]].worse = selection.worse[i];
    if (!selection.worse[i]) left.push_back(&tuned.alternatives[who[i]]);
  }
  return left;
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
      throw UsageError("'" + alternative->point.label() + "' has no metric '" +
                       rule.objective.metric + "'");
    }
    left = judged(tuned, own, rule);
    if (left.size() < 2 || 2 * replications > rule.most) return tuned;
  }
}

}  // namespace gilsim::app
