#include "analysis/baselines.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

void check_not_negative(double value, const char* name) {
  if (!std::isfinite(value) || value < 0) {
    throw std::invalid_argument(std::string(name) + " must be a finite number, 0 or more");
  }
}

double bound_of(const BatchTotals& totals, BatchStrategy strategy) {
  const bool one_computes = strategy == BatchStrategy::kLoop;
  const double parallel_cores = one_computes ? 1 : std::min(totals.workers, totals.cores);
  const double bound =
      std::max({totals.longest_task, (totals.cpu_total + totals.wait_total) / totals.workers,
                totals.cpu_total / parallel_cores});
  return strategy == BatchStrategy::kThreads ? std::max(bound, totals.python_held_total) : bound;
}

double amdahl_of(const BatchTotals& totals, BatchStrategy strategy) {
  const double serial = strategy == BatchStrategy::kThreads ? totals.python_held_total : 0;
  return serial + (totals.cpu_total - serial) / std::min(totals.workers, totals.cores) +
         totals.wait_total / totals.workers;
}

double python_or_cores_of(const BatchTotals& totals, BatchStrategy strategy) {
  const double locked = strategy == BatchStrategy::kThreads ? totals.python_held_total : 0;
  return std::max(locked, (totals.cpu_total + totals.wait_total) / totals.cores);
}

}  // namespace

std::map<std::string, double> batch_baselines(const BatchTotals& totals, BatchStrategy strategy) {
  check_not_negative(totals.python_held_total, "python_held_total");
  check_not_negative(totals.cpu_total, "cpu_total");
  check_not_negative(totals.wait_total, "wait_total");
  check_not_negative(totals.longest_task, "longest_task");
  if (totals.workers < 1) throw std::invalid_argument("workers must be 1 or more");
  if (totals.cores < 1) throw std::invalid_argument("cores must be 1 or more");

  const double sequential = totals.cpu_total + totals.wait_total;
  if (strategy == BatchStrategy::kSequential) {
    return {{"sequential", sequential},
            {"ideal", sequential},
            {"bound", sequential},
            {"amdahl", sequential},
            {"python or cores", sequential}};
  }
  return {{"sequential", sequential},
          {"ideal", sequential / std::min(totals.workers, totals.cores)},
          {"bound", bound_of(totals, strategy)},
          {"amdahl", amdahl_of(totals, strategy)},
          {"python or cores", python_or_cores_of(totals, strategy)}};
}

std::map<std::string, double> looping_rate_baselines(const LoopingTotals& totals) {
  check_not_negative(totals.own_steps, "own_steps");
  check_not_negative(totals.switch_interval, "switch_interval");
  if (totals.own_steps == 0) throw std::invalid_argument("own_steps must be above 0");
  if (totals.cpu_threads < 0) throw std::invalid_argument("cpu_threads must be 0 or more");

  const double one_interval = totals.cpu_threads > 0 ? totals.switch_interval : 0;
  return {{"no lock", 1 / totals.own_steps},
          {"interval", 1 / (totals.own_steps + one_interval)},
          {"k intervals", 1 / (totals.own_steps + totals.cpu_threads * totals.switch_interval)}};
}

}  // namespace gilsim::analysis
