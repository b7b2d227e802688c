// The formulas themselves: published figures, and pairs of formulas that must agree.
#include <gtest/gtest.h>

#include "tests/support/queueing_theory.hpp"
#include "tests/support/replications.hpp"

namespace gilsim::test {
namespace {

TEST(Formulas, OpenQueuesHaveTheFiguresOfTheTextbooks) {
  EXPECT_NEAR(wait_in_mmc(0.8, 1, 1) + 1, 5, 1e-12);
  EXPECT_NEAR(wait_in_mmc(3.2, 1, 4), 0.745541, 5e-7);
  EXPECT_NEAR(wait_in_mg1(0.8, 1, 0), 2, 1e-12);
  EXPECT_NEAR(wait_in_mg1(0.8, 1, 1), wait_in_mmc(0.8, 1, 1), 1e-12);
}

TEST(Formulas, TheRepairmanHasTheFiguresOfTheTextbooks) {
  EXPECT_NEAR(repairman_throughput(1, 10, 2, 1), 0.083333, 5e-7);
  EXPECT_NEAR(repairman_throughput(2, 10, 2, 1), 0.162162, 5e-7);
  EXPECT_NEAR(repairman_throughput(4, 10, 2, 1), 0.300829, 5e-7);
  EXPECT_NEAR(repairman_throughput(8, 10, 2, 1), 0.464976, 5e-7);
  EXPECT_NEAR(repairman_throughput(16, 10, 2, 1), 0.499975, 5e-7);
  EXPECT_NEAR(repairman_throughput(16, 10, 2, 4), 1.305412, 5e-7);
}

TEST(Formulas, MeanValueAnalysisAgreesWithTheBirthAndDeathProcess) {
  for (const int customers : {1, 2, 4, 8, 16}) {
    const MeanValues values = mean_value_analysis({{2, false}, {10, true}}, customers);
    EXPECT_NEAR(values.throughput, repairman_throughput(customers, 10, 2, 1), 1e-12);
  }
}

TEST(Formulas, VisitsFollowTheRouting) {
  Eigen::MatrixXd routing(3, 3);
  routing << 0, 0.4, 0.6, 0.5, 0, 0.5, 1, 0, 0;
  const Eigen::VectorXd visits = visit_ratios(routing);
  EXPECT_NEAR(visits[0], 1, 1e-12);
  EXPECT_NEAR(visits[1], 0.4, 1e-12);
  EXPECT_NEAR(visits[2], 0.6 + 0.4 * 0.5, 1e-12);
}

TEST(Formulas, StudentsIntervalIsThatOfTheTables) {
  // t(0.975; 4 degrees of freedom) = 2.776; deviation of 1 ... 5 is sqrt(2.5).
  const Interval interval = student_interval({1, 2, 3, 4, 5}, 0.95);
  EXPECT_DOUBLE_EQ(interval.mean, 3);
  EXPECT_NEAR(interval.half_width, 2.776445 * 0.707107, 1e-5);
  EXPECT_THROW(student_interval({1}, 0.95), std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::test
