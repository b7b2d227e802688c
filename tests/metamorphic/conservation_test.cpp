// Work is neither lost nor invented: the CPU time of a run is that of its steps and its costs.
#include <gtest/gtest.h>

#include "models/simulation.hpp"
#include "tests/support/random_scenario.hpp"

namespace gilsim::test {
namespace {

sim::Duration work_of(const std::vector<model::Step>& steps) {
  sim::Duration work;
  for (const model::Step& step : steps) {
    if (std::holds_alternative<model::WaitStep>(step)) continue;
    work += std::visit([](const auto& s) { return std::get<model::Constant>(s.time).value; }, step);
  }
  return work;
}

TEST(CpuTime, OfABatchIsThatOfItsTasks) {
  sim::RandomStream random(1, 0, "work of batches");
  for (std::uint64_t i = 0; i < 400; ++i) {
    const model::Configuration c =
        random_scenario(random, {.program = Program::kBatch, .latencies = false});
    const auto outcome = simulate(c, i, 0).outcome;
    ASSERT_EQ(outcome.cpu, work_of(c.batch.task) * c.batch.tasks) << "scenario " << i;
    ASSERT_EQ(outcome.threads.at(0).operations, c.batch.tasks);
    ASSERT_GE(outcome.wall * c.machine.cores, outcome.cpu);
  }
}

TEST(CpuTime, OfALoopingThreadIsThatOfItsRounds) {
  sim::RandomStream random(1, 0, "work of loops");
  for (std::uint64_t i = 0; i < 400; ++i) {
    const model::Configuration c =
        random_scenario(random, {.program = Program::kLooping, .latencies = false});
    const auto outcome = simulate(c, i, 0).outcome;
    sim::Duration sum;
    for (std::size_t t = 0; t < c.threads.size(); ++t) {
      const auto& thread = outcome.threads[t];
      const sim::Duration round = work_of(c.threads[t].program);
      ASSERT_GE(thread.cpu, round * thread.operations) << "scenario " << i;
      ASSERT_LE(thread.cpu, round * (thread.operations + 1)) << "scenario " << i;
      sum += thread.cpu;
    }
    ASSERT_EQ(outcome.cpu, sum);
    ASSERT_LE(sum, c.duration * c.machine.cores);
  }
}

TEST(CpuTime, IsMoreWithCostsButNeverMoreThanTheCoresHave) {
  sim::RandomStream random(1, 0, "work with costs");
  for (std::uint64_t i = 0; i < 400; ++i) {
    const model::Configuration c = random_scenario(random, {.program = Program::kBatch});
    const auto outcome = simulate(c, i, 0).outcome;
    ASSERT_GE(outcome.cpu, work_of(c.batch.task) * c.batch.tasks) << "scenario " << i;
    ASSERT_LE(outcome.cpu, (outcome.wall + sim::Duration::milliseconds(1)) * c.machine.cores)
        << "the run begins a wake-up before its main thread does, and may end one after it";
  }
}

}  // namespace
}  // namespace gilsim::test
