#include "analysis/mean_interval.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace gilsim::analysis {

MeanInterval mean_interval(const std::vector<double>& sample, double confidence) {
  if (sample.size() < 2) throw std::invalid_argument("an interval needs two values or more");
  if (!(confidence > 0 && confidence < 1)) {
    throw std::invalid_argument("a confidence outside (0, 1)");
  }
  const auto n = static_cast<double>(sample.size());
  double sum = 0;
  for (const double x : sample) sum += x;
  const double mean = sum / n;
  double squares = 0;
  for (const double x : sample) squares += (x - mean) * (x - mean);
  const boost::math::students_t_distribution<double> student(n - 1);
  const double quantile = boost::math::quantile(student, (1 + confidence) / 2);
  return {mean, quantile * std::sqrt(squares / (n - 1) / n)};
}

double relative_half_width(const std::vector<double>& sample, double confidence) {
  const MeanInterval interval = mean_interval(sample, confidence);
  if (interval.half_width == 0) return 0;
  if (interval.mean == 0) return std::numeric_limits<double>::infinity();
  return interval.half_width / std::fabs(interval.mean);
}

}  // namespace gilsim::analysis
