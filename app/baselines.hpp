// What trivial predictors say of a point, from the same draws as the simulation; the predictors
// themselves are in analysis/baselines.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "analysis/baselines.hpp"
#include "app/predict.hpp"

namespace gilsim::app {

// Baseline -> value, by metric: medians over the replications. Metrics without a baseline are
// absent.
std::map<std::string, std::map<std::string, double>> baselines_of(
    const model::Configuration& configuration, const PredictionOptions& options);

// A batch summed up, in nanoseconds.
analysis::BatchTotals totals_of(const model::Configuration& configuration, std::uint64_t seed,
                                std::uint64_t replication);

// Mean nominal time of one round of a looping thread.
double seconds_a_round(const model::Configuration& configuration, std::size_t thread,
                       std::uint64_t seed);

}  // namespace gilsim::app
