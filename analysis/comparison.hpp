// How good predictions were: relative errors, the coverage of the predicted bands, and the same
// errors for the trivial baselines that a simulator must beat. Knows no metric and no unit.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/quantile.hpp"

namespace gilsim::analysis {

// (predicted - measured) / measured. Nothing where the measurement is 0 or below, or one of the two
// is not finite: there a relative error has no meaning.
std::optional<double> relative_error(double predicted, double measured);

struct ScoreInput {
  Band predicted;
  Band measured;
  std::map<std::string, double>
      baseline;  // what each trivial predictor says; not all say something
};

struct ErrorSummary {
  int n = 0;  // points with a relative error; the two figures are there when it is not 0
  std::optional<double> median_abs_error;
  std::optional<double> p90_abs_error;
};

struct Summary {
  ErrorSummary errors;  // of the medians
  // Share of the `errors.n` points whose measured median lies in the predicted [low, high].
  std::optional<double> coverage;
  std::map<std::string, ErrorSummary> baselines;
};

Summary summarize(const std::vector<ScoreInput>& points);

}  // namespace gilsim::analysis
