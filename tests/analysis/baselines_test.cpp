#include "analysis/baselines.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace gilsim::analysis {
namespace {

// Ten tasks of 2 of bytecode, 5 of native code without the lock, 3 of waiting.
BatchTotals ten_tasks(int workers, int cores) {
  return {.python_held_total = 20,
          .cpu_total = 70,
          .wait_total = 30,
          .longest_task = 10,
          .workers = workers,
          .cores = cores};
}

TEST(BatchBaselines, SequentialIsTheSumUnderEveryStrategy) {
  for (const auto strategy :
       {BatchStrategy::kSequential, BatchStrategy::kThreads, BatchStrategy::kProcesses}) {
    EXPECT_EQ(batch_baselines(ten_tasks(4, 2), strategy).at("sequential"), 100);
  }
}

TEST(BatchBaselines, SequentialStrategyHasNothingToGain) {
  const auto baselines = batch_baselines(ten_tasks(1, 2), BatchStrategy::kSequential);
  EXPECT_EQ(baselines.at("ideal"), 100);
  EXPECT_EQ(baselines.at("bound"), 100);
}

TEST(BatchBaselines, IdealDividesByWorkersOrCoresWhateverIsFewer) {
  EXPECT_EQ(batch_baselines(ten_tasks(2, 8), BatchStrategy::kThreads).at("ideal"), 50);
  EXPECT_EQ(batch_baselines(ten_tasks(8, 2), BatchStrategy::kProcesses).at("ideal"), 50);
  EXPECT_EQ(batch_baselines(ten_tasks(4, 4), BatchStrategy::kThreads).at("ideal"), 25);
}

TEST(BatchBaselines, BoundOfThreadsIsTheLargestOfItsFourTerms) {
  const auto bound = [](const BatchTotals& totals) {
    return batch_baselines(totals, BatchStrategy::kThreads).at("bound");
  };
  EXPECT_EQ(bound(ten_tasks(8, 2)), 35) << "computing on two cores";
  EXPECT_EQ(bound(ten_tasks(2, 8)), 50) << "computing and waiting by two workers";
  EXPECT_EQ(bound(ten_tasks(10, 64)), 20) << "the lock";
  BatchTotals one_long_task = ten_tasks(10, 64);
  one_long_task.longest_task = 42;
  EXPECT_EQ(bound(one_long_task), 42) << "the longest task";
}

TEST(BatchBaselines, AmdahlTakesTheLockAsTheSerialPartOfThreadsOnly) {
  const BatchTotals totals = ten_tasks(8, 2);  // 20 locked, 50 native on two cores, 30 by eight
  EXPECT_EQ(batch_baselines(totals, BatchStrategy::kThreads).at("amdahl"), 20 + 25 + 3.75);
  EXPECT_EQ(batch_baselines(totals, BatchStrategy::kProcesses).at("amdahl"), 35 + 3.75);
  EXPECT_EQ(batch_baselines(totals, BatchStrategy::kSequential).at("amdahl"), 100);
}

TEST(BatchBaselines, PythonOrCoresIsTheLargerOfTheLockAndEverythingOverTheCores) {
  EXPECT_EQ(batch_baselines(ten_tasks(8, 2), BatchStrategy::kThreads).at("python or cores"), 50);
  EXPECT_EQ(batch_baselines(ten_tasks(8, 10), BatchStrategy::kThreads).at("python or cores"), 20);
  EXPECT_EQ(batch_baselines(ten_tasks(8, 10), BatchStrategy::kProcesses).at("python or cores"), 10);
}

TEST(BatchBaselines, ProcessesAreNotBoundByTheLock) {
  EXPECT_EQ(batch_baselines(ten_tasks(10, 64), BatchStrategy::kProcesses).at("bound"), 10);
}

TEST(BatchBaselines, BoundNeverBeatsTheIdealOfPureComputingNorExceedsTheSum) {
  for (int workers = 1; workers <= 16; ++workers) {
    for (int cores = 1; cores <= 8; ++cores) {
      BatchTotals totals = ten_tasks(workers, cores);
      totals.cpu_total = 100;
      totals.wait_total = 0;
      for (const auto strategy : {BatchStrategy::kThreads, BatchStrategy::kProcesses}) {
        const auto baselines = batch_baselines(totals, strategy);
        EXPECT_GE(baselines.at("bound"), baselines.at("ideal"));
        EXPECT_LE(baselines.at("bound"), baselines.at("sequential"));
      }
    }
  }
}

TEST(BatchBaselines, RefuseWhatIsNoBatch) {
  BatchTotals totals = ten_tasks(0, 2);
  EXPECT_THROW(batch_baselines(totals, BatchStrategy::kThreads), std::invalid_argument);
  totals = ten_tasks(2, 0);
  EXPECT_THROW(batch_baselines(totals, BatchStrategy::kThreads), std::invalid_argument);
  totals = ten_tasks(2, 2);
  totals.wait_total = -1;
  EXPECT_THROW(batch_baselines(totals, BatchStrategy::kThreads), std::invalid_argument);
  totals.wait_total = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(batch_baselines(totals, BatchStrategy::kThreads), std::invalid_argument);
}

TEST(LoopingRateBaselines, AddNoneOneOrKIntervalsToARound) {
  const auto rates =
      looping_rate_baselines({.own_steps = 0.001, .switch_interval = 0.004, .cpu_threads = 3});
  EXPECT_DOUBLE_EQ(rates.at("no lock"), 1000);
  EXPECT_DOUBLE_EQ(rates.at("interval"), 200);
  EXPECT_DOUBLE_EQ(rates.at("k intervals"), 1 / 0.013);
}

TEST(LoopingRateBaselines, AgreeWhereNobodyElseWantsTheLock) {
  const auto rates =
      looping_rate_baselines({.own_steps = 0.5, .switch_interval = 0.004, .cpu_threads = 0});
  for (const auto& [name, rate] : rates) EXPECT_DOUBLE_EQ(rate, 2) << name;
}

TEST(LoopingRateBaselines, OneCpuThreadMakesKIntervalsOneInterval) {
  const auto rates =
      looping_rate_baselines({.own_steps = 0.5, .switch_interval = 0.25, .cpu_threads = 1});
  EXPECT_EQ(rates.at("interval"), rates.at("k intervals"));
}

TEST(LoopingRateBaselines, RefuseARoundWithoutSteps) {
  EXPECT_THROW(looping_rate_baselines({.own_steps = 0, .switch_interval = 1, .cpu_threads = 1}),
               std::invalid_argument);
  EXPECT_THROW(looping_rate_baselines({.own_steps = 1, .switch_interval = -1, .cpu_threads = 1}),
               std::invalid_argument);
  EXPECT_THROW(looping_rate_baselines({.own_steps = 1, .switch_interval = 1, .cpu_threads = -1}),
               std::invalid_argument);
}

}  // namespace
}  // namespace gilsim::analysis
