#include "analysis/decision.hpp"

#include <algorithm>

namespace gilsim::analysis {

std::optional<Decision> decide(const std::vector<Alternative>& alternatives) {
  if (alternatives.size() < 2) return std::nullopt;
  Decision decision;
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    if (alternatives[i].measured <= 0) return std::nullopt;
    if (alternatives[i].predicted < alternatives[decision.chosen].predicted) decision.chosen = i;
    if (alternatives[i].measured < alternatives[decision.best].measured) decision.best = i;
  }
  decision.regret =
      alternatives[decision.chosen].measured / alternatives[decision.best].measured - 1;
  return decision;
}

DecisionSummary summarize(const std::vector<Decision>& decisions) {
  DecisionSummary summary;
  for (const Decision& decision : decisions) {
    ++summary.n;
    if (decision.chosen == decision.best) ++summary.right;
    summary.mean_regret += decision.regret;
    summary.worst_regret = std::max(summary.worst_regret, decision.regret);
  }
  if (summary.n > 0) summary.mean_regret /= summary.n;
  return summary;
}

}  // namespace gilsim::analysis
