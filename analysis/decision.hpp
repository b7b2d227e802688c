// What a choice by predictions costs: of several alternatives the one predicted cheapest is taken,
// and its measured cost held against that of the one measured cheapest.
#pragma once

#include <optional>
#include <vector>

namespace gilsim::analysis {

struct Alternative {
  double predicted = 0;
  double measured = 0;
};

struct Decision {
  std::size_t chosen = 0;  // predicted cheapest; the first of several
  std::size_t best = 0;    // measured cheapest; the first of several
  double regret = 0;       // measured cost of the chosen one over that of the best, less 1
};

// Nothing where fewer than two alternatives compete or one of the measured costs is not above 0.
std::optional<Decision> decide(const std::vector<Alternative>& alternatives);

struct DecisionSummary {
  int n = 0;
  int right = 0;           // chosen and best are the same
  double mean_regret = 0;  // 0 where nothing was decided, as the next one
  double worst_regret = 0;
};

DecisionSummary summarize(const std::vector<Decision>& decisions);

}  // namespace gilsim::analysis
