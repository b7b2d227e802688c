// Whether two lists of figures put things in the same order, whatever the figures themselves: C.
// Spearman, "The proof and measurement of association between two things" (1904), with mean ranks
// for equal figures; M. Kendall, "A new measure of rank correlation" (1938), variant tau-b, which
// takes equal figures into account. Both from -1 (reversed) to 1 (the same order).
#pragma once

#include <optional>
#include <vector>

namespace gilsim::analysis {

// Nothing where a list has fewer than two different figures. Throw std::invalid_argument: lists of
// different length, a figure that is not a number.
std::optional<double> spearman(const std::vector<double>& first, const std::vector<double>& second);
std::optional<double> kendall(const std::vector<double>& first, const std::vector<double>& second);

}  // namespace gilsim::analysis
