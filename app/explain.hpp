// Why a point's prediction is what it is, and which change would gain most: what is known of one
// point, before it becomes text. Gains are simulated, each beside the point itself under the same
// draws; nothing is estimated. A change that doubles the time at least, by its bounds, is left out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/bounds.hpp"
#include "app/convoy.hpp"
#include "app/predict.hpp"
#include "app/study.hpp"
#include "app/what_if.hpp"

namespace gilsim::app {

struct TriedChange {
  Change change;
  Prediction prediction;
  double gain = 1;            // above 1: better
  bool is_ruled_out = false;  // not simulated: a bound allows no more than `gain`, far below 1
};

struct Explanation {
  scenario::Point point;
  Prediction own;
  std::size_t typical = 0;              // the replication that is looked at closely
  std::vector<analysis::Bound> bounds;  // of a batch, largest first
  analysis::BatchDemands demands;       // of a batch
  std::vector<Prediction> alone;        // of each named thread, were it the only one
  model::Timeline timeline;
  std::optional<Convoy> convoy;
  std::vector<TriedChange> tried;  // best first
  bool interrupted = false;
};

// The median of a metric over the replications; nothing where it was not seen.
std::optional<double> median_of(const Prediction& prediction, const std::string& metric);

// By how much `changed` is better than `own`. Of a batch, wall over wall; of named threads the
// geometric mean of the rates of those that wait for something, or of all where none does.
double gain_of(const scenario::Point& point, const Prediction& own, const Prediction& changed);

Explanation explain(const scenario::Point& point, const PredictionOptions& options, Io& io);

// For people; `study` says whose point it is.
std::string explanation_text(const Study& study, const Explanation& explanation);

// How many threads are about that, on average.
double share_of(const model::Timeline& timeline, model::Activity activity);

// Parts of it: what bounds a batch; a table of the changes that gain something; what to try first,
// empty: nothing.
std::string bounds_text(const Explanation& explanation);
std::string changes_text(const Explanation& explanation);
std::string advice(const Explanation& explanation);

}  // namespace gilsim::app
