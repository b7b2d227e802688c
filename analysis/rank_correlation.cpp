#include "analysis/rank_correlation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

using Figures = std::vector<double>;

void check(const Figures& first, const Figures& second) {
  if (first.size() != second.size()) throw std::invalid_argument("lists of different length");
  const auto is_nan = [](double value) { return std::isnan(value); };
  if (std::any_of(first.begin(), first.end(), is_nan) ||
      std::any_of(second.begin(), second.end(), is_nan)) {
    throw std::invalid_argument("a figure to rank is not a number");
  }
}

// From 1 on; equal figures share the mean of their ranks.
Figures ranks_of(const Figures& figures) {
  std::vector<std::size_t> order(figures.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return figures[a] < figures[b]; });
  Figures ranks(figures.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && figures[order[end]] == figures[order[i]]) ++end;
    for (std::size_t k = i; k < end; ++k) {
      ranks[order[k]] = (static_cast<double>(i + end - 1)) / 2 + 1;
    }
    i = end;
  }
  return ranks;
}

int sign(double value) { return (value > 0) - (value < 0); }

}  // namespace

std::optional<double> spearman(const Figures& first, const Figures& second) {
  check(first, second);
  const Figures a = ranks_of(first);
  const Figures b = ranks_of(second);
  const double mean = (static_cast<double>(a.size()) + 1) / 2;
  double together = 0, of_first = 0, of_second = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    together += (a[i] - mean) * (b[i] - mean);
    of_first += (a[i] - mean) * (a[i] - mean);
    of_second += (b[i] - mean) * (b[i] - mean);
  }
  if (of_first == 0 || of_second == 0) return std::nullopt;
  return together / std::sqrt(of_first * of_second);
}

std::optional<double> kendall(const Figures& first, const Figures& second) {
  check(first, second);
  double agreed = 0, in_first = 0, in_second = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const int a = sign(first[i] - first[k]);
      const int b = sign(second[i] - second[k]);
      agreed += a * b;
      in_first += a * a;
      in_second += b * b;
    }
  }
  if (in_first == 0 || in_second == 0) return std::nullopt;
  return agreed / std::sqrt(in_first * in_second);
}

}  // namespace gilsim::analysis
