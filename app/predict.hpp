// Predictions of points: replications of simulate(), in parallel over points and replications.
#pragma once

#include <cstdint>
#include <vector>

#include "app/figures.hpp"
#include "app/ill_conditioned.hpp"
#include "app/io.hpp"
#include "scenario/scenario.hpp"

namespace gilsim::app {

struct Prediction {
  std::vector<RunFigures> replications;         // empty: interrupted before the last one was done
  std::uint64_t fingerprint = 0;                // of the replications' fingerprints, in order
  std::vector<IllConditioned> ill_conditioned;  // what a race decides, a main figure each
};

struct PredictionOptions {
  std::uint64_t seed = 1;
  int replications = 21;
  int jobs = 1;
};

// One for each point, in order. Throws UsageError where a configuration can't be simulated.
std::vector<Prediction> predict(const std::vector<scenario::Point>& points,
                                const PredictionOptions& options, Io& io);

}  // namespace gilsim::app
