// Prepared once, drawn often: the same draws as of the costs themselves.
#include "models/program/prepared_waits.hpp"

#include <gtest/gtest.h>

namespace gilsim::model {
namespace {

constexpr auto us = [](std::int64_t n) { return sim::Duration::microseconds(n); };

Cost about(std::int64_t median) { return {us(median), us(median / 2), us(2 * median), 100}; }

void expect_same_draws(const PreparedCost& prepared, const Cost& cost) {
  sim::RandomStream one(1, 0, "draws");
  sim::RandomStream other(1, 0, "draws");
  for (int i = 0; i < 100; ++i) ASSERT_EQ(prepared.draw(one), cost.draw(other));
}

TEST(PreparedWaits, DrawWhatTheCostsOfThatKindOfWaitDraw) {
  WaitCosts costs;
  WaitCost* const all[] = {&costs.sleep, &costs.socket, &costs.pipe, &costs.file, &costs.udp};
  for (std::int64_t i = 0; i < 5; ++i)
    *all[i] = {about(10 + i), about(20 + i), about(30 + i), {}, {}};
  const PreparedWaits waits(costs);
  const WaitVia kinds[] = {WaitVia::kSleep, WaitVia::kSocket, WaitVia::kPipe, WaitVia::kFile,
                           WaitVia::kUdp};
  for (std::size_t i = 0; i < 5; ++i) {
    const PreparedWait& wait = waits.of(kinds[i]);
    expect_same_draws(wait.call, all[i]->call);
    expect_same_draws(wait.cpu, all[i]->cpu);
    expect_same_draws(wait.latency, all[i]->latency);
    expect_same_draws(wait.at_once, all[i]->latency);
    EXPECT_FALSE(wait.answered);
  }
}

TEST(PreparedWaits, DrawWhatAnAnswerAtOnceCosts) {
  const WaitCost cost = {about(40), about(20), about(30), about(5),
                         AnsweredCost{about(1), about(2), about(3), about(4)}};
  const PreparedWait wait(cost);
  expect_same_draws(wait.at_once, *cost.at_once);
  ASSERT_TRUE(wait.answered);
  expect_same_draws(wait.answered->bytecode, cost.answered->bytecode);
  expect_same_draws(wait.answered->ask, cost.answered->ask);
  expect_same_draws(wait.answered->receive, cost.answered->receive);
  expect_same_draws(wait.answered->serve, cost.answered->serve);
}

}  // namespace
}  // namespace gilsim::model
