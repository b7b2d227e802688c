#include "analysis/scalability_law.hpp"

#include <Eigen/Dense>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

// Sets of terms beside 1/rate, those with fewer first.
constexpr int kTermSets[4][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
constexpr double kAlike = 1e-9;  // of the data's size: rounding

void check(const std::vector<MeasuredThroughput>& measured) {
  bool differ = false;
  for (const MeasuredThroughput& one : measured) {
    if (!std::isfinite(one.workers) || one.workers < 1) {
      throw std::invalid_argument("a scalability law needs one worker or more");
    }
    if (!std::isfinite(one.throughput) || one.throughput <= 0) {
      throw std::invalid_argument("a throughput must be above 0");
    }
    differ = differ || one.workers != measured.front().workers;
  }
  if (!differ) throw std::invalid_argument("a scalability law needs two numbers of workers");
}

// Least squares with the terms of `kept` only; nothing where one comes out negative.
std::optional<Vector> solved(const Matrix& terms, const Vector& cost, const int (&kept)[2]) {
  Matrix chosen(terms.rows(), 1 + kept[0] + kept[1]);
  chosen.col(0) = terms.col(0);
  if (kept[0]) chosen.col(1) = terms.col(1);
  if (kept[1]) chosen.col(1 + kept[0]) = terms.col(2);
  const auto factors = chosen.colPivHouseholderQr();
  if (factors.rank() < chosen.cols()) return std::nullopt;
  const Vector found = factors.solve(cost);
  if (found(0) <= 0 || found.minCoeff() < 0) return std::nullopt;
  Vector all = Vector::Zero(3);
  all(0) = found(0);
  if (kept[0]) all(1) = found(1);
  if (kept[1]) all(2) = found(1 + kept[0]);
  return all;
}

}  // namespace

double ScalabilityLaw::throughput(double workers) const {
  return rate * workers / (1 + contention * (workers - 1) + coherency * workers * (workers - 1));
}

ScalabilityLaw fit_scalability_law(const std::vector<MeasuredThroughput>& measured) {
  check(measured);
  const auto rows = static_cast<Eigen::Index>(measured.size());
  Matrix terms(rows, 3);
  Vector cost(rows);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const auto& [workers, throughput] = measured[static_cast<std::size_t>(i)];
    terms.row(i) << 1, workers - 1, workers * (workers - 1);
    cost(i) = workers / throughput;
  }
  Vector best;
  double least = 0;
  for (const auto& kept : kTermSets) {
    const std::optional<Vector> found = solved(terms, cost, kept);
    if (!found) continue;
    const double residual = (terms * *found - cost).norm();
    if (best.size() != 0 && residual >= least - kAlike * cost.norm()) continue;
    best = *found;
    least = residual;
  }
  return {1 / best(0), best(1) / best(0), best(2) / best(0)};
}

}  // namespace gilsim::analysis
