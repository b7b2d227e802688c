#include "tests/theory/expect_theory.hpp"

#include <gtest/gtest.h>

#include "tests/support/replications.hpp"

namespace gilsim::test {

void expect_theory(const std::string& what, const std::vector<double>& replications, double theory,
                   const std::vector<double>& perturbed) {
  const Interval interval = student_interval(replications, kConfidence);
  EXPECT_EQ(replications.size(), static_cast<std::size_t>(kReplications));
  EXPECT_TRUE(interval.contains(theory)) << what << ": theory " << theory << ", simulated "
                                         << interval.mean << " +- " << interval.half_width;
  EXPECT_LE(interval.half_width, 0.01 * theory) << what;
  EXPECT_FALSE(perturbed.empty());
  for (const double wrong : perturbed) {
    EXPECT_FALSE(interval.contains(wrong))
        << what << ": " << wrong << " is not told from " << theory << " by " << interval.mean
        << " +- " << interval.half_width;
  }
}

}  // namespace gilsim::test
