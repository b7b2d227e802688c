#include "tests/support/replications.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>

namespace gilsim::test {

Interval student_interval(const std::vector<double>& sample, double confidence) {
  if (sample.size() < 2) throw std::invalid_argument("an interval needs two values or more");
  const auto n = static_cast<double>(sample.size());
  double sum = 0;
  for (const double x : sample) sum += x;
  const double mean = sum / n;
  double squares = 0;
  for (const double x : sample) squares += (x - mean) * (x - mean);
  const double deviation = std::sqrt(squares / (n - 1));
  const boost::math::students_t_distribution<double> student(n - 1);
  const double quantile = boost::math::quantile(student, (1 + confidence) / 2);
  return {mean, quantile * deviation / std::sqrt(n)};
}

std::vector<double> replications(const std::function<double(int)>& replication) {
  std::vector<double> values;
  for (int i = 0; i < kReplications; ++i) values.push_back(replication(i));
  return values;
}

}  // namespace gilsim::test
