#include "app/explain.hpp"

#include <algorithm>
#include <cmath>

#include "app/conditioning.hpp"
#include "app/demands.hpp"
#include "app/timeline_of.hpp"

namespace gilsim::app {
namespace {

// The same thread without the others.
scenario::Point alone(const scenario::Point& point, std::size_t thread) {
  scenario::Point single = point;
  single.configuration.threads = {point.configuration.threads[thread]};
  single.configuration.threads[0].count = 1;
  single.strategy = point.configuration.threads[thread].name;
  single.workers = 1;
  return single;
}

std::vector<std::string> rates_that_matter(const scenario::Point& point) {
  std::vector<std::string> waiting, all;
  for (const model::LoopingThread& thread : point.configuration.threads) {
    all.push_back(thread.name + ".rate");
    if (waits(thread.program)) waiting.push_back(all.back());
  }
  return waiting.empty() ? all : waiting;
}

// Of a batch the one whose wall time is the median, or next to it: its bounds are of the same
// draws.
std::size_t typical_replication(const Prediction& prediction) {
  if (!median_of(prediction, "wall")) return 0;
  std::vector<std::pair<double, std::size_t>> walls;
  for (std::size_t i = 0; i < prediction.replications.size(); ++i) {
    walls.emplace_back(prediction.replications[i].value("wall").value_or(0), i);
  }
  std::sort(walls.begin(), walls.end());
  return walls[(walls.size() - 1) / 2].second;
}

void look_closely(Explanation& explanation, const PredictionOptions& options) {
  const model::Configuration& configuration = explanation.point.configuration;
  explanation.typical = typical_replication(explanation.own);
  if (configuration.is_batch()) {
    explanation.demands = demands_of(configuration, options.seed, explanation.typical);
    explanation.bounds = analysis::bounds_of(explanation.demands);
  }
  const sim::Time nothing = sim::Time();
  explanation.timeline =
      timeline_of(explanation.point, options.seed, explanation.typical, nothing, nothing);
  explanation.convoy = convoy_in(explanation.timeline, configuration.switch_interval);
}

// What no schedule of the changed batch can beat, in the time that its own one takes.
double most_gain(const Explanation& explanation, const Change& change,
                 const PredictionOptions& options) {
  const double wall = median_of(explanation.own, "wall").value_or(0);
  const auto bounds = analysis::bounds_of(demands_of(change.point.configuration, options.seed, 0));
  return bounds.empty() ? 1 : wall / bounds.front().time;
}

void try_changes(Explanation& explanation, std::vector<Change> changes,
                 const PredictionOptions& options, Io& io) {
  constexpr double kHopeless = 0.5;
  const bool is_batch = explanation.point.configuration.is_batch();
  std::vector<scenario::Point> points;
  std::vector<std::size_t> whose;
  for (Change& change : changes) {
    const double most = is_batch ? most_gain(explanation, change, options) : 1;
    const bool is_ruled_out = most < kHopeless;
    if (!is_ruled_out) {
      points.push_back(change.point);
      whose.push_back(explanation.tried.size());
    }
    explanation.tried.push_back({std::move(change), {}, most, is_ruled_out});
  }
  std::vector<Prediction> predictions = predict(points, options, io);
  if (io.stop) return;
  for (std::size_t i = 0; i < whose.size(); ++i) {
    TriedChange& tried = explanation.tried[whose[i]];
    tried.gain = gain_of(explanation.point, explanation.own, predictions[i]);
    tried.prediction = std::move(predictions[i]);
  }
}

}  // namespace

std::optional<double> median_of(const Prediction& prediction, const std::string& metric) {
  std::vector<double> values;
  for (const RunFigures& run : prediction.replications) {
    if (const auto value = run.value(metric)) values.push_back(*value);
  }
  if (values.empty()) return std::nullopt;
  return analysis::quantile(values, 0.5);
}

double gain_of(const scenario::Point& point, const Prediction& own, const Prediction& changed) {
  if (point.configuration.is_batch()) {
    const auto before = median_of(own, "wall");
    const auto after = median_of(changed, "wall");
    return before && after && *after > 0 ? *before / *after : 1;
  }
  double product = 1;
  const std::vector<std::string> rates = rates_that_matter(point);
  for (const std::string& rate : rates) {
    const double before = median_of(own, rate).value_or(0);
    const double after = median_of(changed, rate).value_or(0);
    if (before > 0 && after > 0) product *= after / before;
  }
  return std::pow(product, 1.0 / static_cast<double>(rates.size()));
}

Explanation explain(const scenario::Point& point, const PredictionOptions& options, Io& io) {
  Explanation explanation;
  explanation.point = point;
  std::vector<Change> changes = changes_of(point);
  std::vector<scenario::Point> points = {point};
  const auto& threads = point.configuration.threads;
  const std::size_t singles = threads.size() > 1 ? threads.size() : 0;
  for (std::size_t i = 0; i < singles; ++i) points.push_back(alone(point, i));
  std::vector<Prediction> predictions = predict(points, options, io);
  if (!io.stop) {
    std::vector<Prediction> own = {predictions[0]};
    mark_ill_conditioned(own, {point}, options, io);
    explanation.own = own[0];
    explanation.alone.assign(predictions.begin() + 1, predictions.end());
    try_changes(explanation, std::move(changes), options, io);
  }
  explanation.interrupted = io.stop;
  if (explanation.interrupted) return explanation;
  std::stable_sort(explanation.tried.begin(), explanation.tried.end(),
                   [](const TriedChange& a, const TriedChange& b) { return a.gain > b.gain; });
  look_closely(explanation, options);
  return explanation;
}

}  // namespace gilsim::app
