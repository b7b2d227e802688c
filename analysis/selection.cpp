#include "analysis/selection.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "analysis/mean_interval.hpp"

namespace gilsim::analysis {
namespace {

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

bool surely_worse(const std::vector<double>& own, const std::vector<double>& best,
                  double confidence, double indifference) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < own.size(); ++i) differences.push_back(own[i] - best[i]);
  const MeanInterval interval = mean_interval(differences, confidence);
  return interval.mean - interval.half_width > indifference * std::fabs(mean_of(best));
}

}  // namespace

Selection select(const std::vector<std::vector<double>>& costs, double confidence,
                 const std::vector<bool>& eligible, double indifference) {
  if (costs.empty()) throw std::invalid_argument("there is nothing to select from");
  std::size_t most = 0;
  for (const auto& own : costs) most = std::max(most, own.size());
  if (most < 2) throw std::invalid_argument("a selection needs two replications");
  Selection selection;
  std::size_t rivals = 0;
  bool found = false;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    if (costs[i].size() < most) continue;
    ++rivals;
    if (!eligible.empty() && !eligible[i]) continue;
    if (!found || mean_of(costs[i]) < mean_of(costs[selection.best])) selection.best = i;
    found = true;
  }
  if (!found) throw std::invalid_argument("none of the alternatives may be the best");
  // Each comparison may err with an equal share of the whole risk, on one side only.
  const double risk = (1 - confidence) / static_cast<double>(std::max<std::size_t>(1, rivals - 1));
  const double two_sided = 1 - 2 * std::min(risk, 0.49);
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const bool is_rival = costs[i].size() == most;
    selection.worse.push_back(
        i != selection.best &&
        (!is_rival || surely_worse(costs[i], costs[selection.best], two_sided, indifference)));
  }
  return selection;
}

std::vector<std::size_t> pareto_front(const std::vector<double>& first,
                                      const std::vector<double>& second) {
  std::vector<std::size_t> order(first.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return first[a] != first[b] ? first[a] < first[b] : second[a] < second[b];
  });
  std::vector<std::size_t> front;
  for (const std::size_t i : order) {
    if (front.empty() || second[i] < second[front.back()]) front.push_back(i);
  }
  return front;
}

std::size_t knee_of(const std::vector<std::size_t>& front, const std::vector<double>& first,
                    const std::vector<double>& second) {
  if (front.empty()) throw std::invalid_argument("a front of nothing has no knee");
  const auto x = [&](std::size_t i) { return std::log(first[i]); };
  const auto y = [&](std::size_t i) { return std::log(second[i]); };
  const std::size_t a = front.front();
  const std::size_t b = front.back();
  std::size_t knee = a;
  double farthest = 0;
  for (const std::size_t i : front) {
    if (x(b) == x(a) || y(a) == y(b)) break;
    const double along = (x(i) - x(a)) / (x(b) - x(a));
    const double down = (y(a) - y(i)) / (y(a) - y(b));
    if (down - along > farthest) {
      farthest = down - along;
      knee = i;
    }
  }
  return knee;
}

}  // namespace gilsim::analysis
