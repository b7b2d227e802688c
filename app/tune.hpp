// The best of many settings, by simulation: every setting gets a few replications under the same
// draws, those that are surely worse than the best (analysis/selection.hpp) or surely break the
// constraint get no more, the others twice as many as before, until nothing is open or the patience
// is used up. What is left is tied.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/predict.hpp"

namespace gilsim::app {

struct Objective {
  std::string metric;
  bool maximize = false;
};

struct Constraint {
  std::string metric;
  bool at_least = true;
  double bound = 0;       // in the metric's unit: nanoseconds, per second
  bool relative = false;  // the bound is times what the scenario's own setting has
};

enum class Standing {
  kMet,     // surely
  kOpen,    // too few replications to tell
  kBroken,  // surely
};

struct Alternative {
  std::string setting;  // "interpreter.switch_interval=1ms, threads@4"
  scenario::Point point;
  std::map<std::string, std::string> values;  // of the varied keys that matter to the point
  std::vector<RunFigures> runs;
  Standing standing = Standing::kMet;  // with the constraint
  bool worse = false;                  // than the best, surely

  // Over the first `replications`, at most; 0: over all.
  std::optional<double> mean(const std::string& metric, std::size_t replications = 0) const;
};

struct TuneRule {
  Objective objective;
  std::optional<Constraint> constraint;
  std::uint64_t seed = 1;
  int jobs = 1;
  int fewest = 8;
  int most = 128;
  double confidence = 0.95;
  double indifference = 0.005;  // settings that differ by less are as good as each other
};

struct Tuned {
  std::vector<Alternative> alternatives;
  // Of those as good as the least cost the one that sets fewest keys; none: nothing surely meets
  // the constraint.
  std::optional<std::size_t> best;
  bool interrupted = false;
};

// The mean over all runs; above: worse.
double cost_of(const Alternative& alternative, const Objective& objective);

// Goes on with what is known: alternatives that have no runs yet, and those that are not worse.
// `own`: the scenario's own setting, which is simulated as often as the best; a relative constraint
// compares the same replications. Throws UsageError where a setting lacks the objective's metric.
Tuned tune(Tuned tuned, Alternative& own, const TuneRule& rule, Io& io);

// `throughput`: operations per second of the threads that only compute (of all, where all wait), or
// tasks per second of a batch.
double throughput_of(const scenario::Point& point, const RunFigures& run);

}  // namespace gilsim::app
