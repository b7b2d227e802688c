// Which of several alternatives is best, and which are not told apart from it: selection with
// comparisons under common random numbers (M. Nakayama, "Multiple comparisons with the best using
// common random numbers", 1995; here by Bonferroni's inequality, which asks for nothing but paired
// differences that are about normal).
#pragma once

#include <vector>

namespace gilsim::analysis {

struct Selection {
  std::size_t best = 0;     // of the smallest mean cost
  std::vector<bool> worse;  // than the best, surely; false for the best itself
};

// `costs` by alternative and replication; replication r of all alternatives had the same draws. An
// alternative with fewer replications than the others has been left out before: it stays worse.
// `confidence`: that no alternative is called worse by mistake. Throws std::invalid_argument: no
// alternatives, fewer than two replications.
// `eligible`, where given, says who may be the best; at least one of those with most replications.
// `indifference`: by less than that share of the best's mean nobody is worse (the indifference zone
// of ranking and selection; R. Bechhofer, 1954).
Selection select(const std::vector<std::vector<double>>& costs, double confidence,
                 const std::vector<bool>& eligible = {}, double indifference = 0);

// Indices of those that no other beats in one figure without losing in the other; smaller is
// better in both. By rising first figure.
std::vector<std::size_t> pareto_front(const std::vector<double>& first,
                                      const std::vector<double>& second);

// Of a front in that order the point farthest from the straight line between its ends, both
// figures on logarithmic scales; nothing better than an end: an end. Figures above 0.
std::size_t knee_of(const std::vector<std::size_t>& front, const std::vector<double>& first,
                    const std::vector<double>& second);

}  // namespace gilsim::analysis
