// Programs written in two ways that mean the same.
#include <gtest/gtest.h>

#include <functional>

#include "tests/support/random_scenario.hpp"
#include "tests/support/same_outcome.hpp"

namespace gilsim::test {
namespace {

using model::Step;
using Rewrite = std::function<void(const Step&, std::vector<Step>&)>;

std::vector<Step> rewritten(const std::vector<Step>& steps, const Rewrite& rewrite) {
  std::vector<Step> result;
  for (const Step& step : steps) rewrite(step, result);
  return result;
}

model::Configuration rewritten(model::Configuration c, const Rewrite& rewrite) {
  c.batch.task = rewritten(c.batch.task, rewrite);
  for (model::LoopingThread& thread : c.threads) {
    thread.program = rewritten(thread.program, rewrite);
  }
  return c;
}

sim::Duration time_of(const Step& step) {
  return std::visit([](const auto& s) { return std::get<model::Constant>(s.time).value; }, step);
}

// With a core for each thread: on a shared one the run queue's accounts are brought up to date at
// the end of each burst, so that a deadline may be renewed earlier. Without a notice: a burst that
// ends within it is not cut any more.
TEST(Programs, AreTheSameWithABurstOfBytecodeSplitInTwo) {
  sim::RandomStream random(1, 0, "splitting");
  for (std::uint64_t i = 0; i < 400; ++i) {
    model::Configuration c =
        random_scenario(random, {.program = Program::kAny, .enough_cores = true});
    const auto at_once = model::Estimate::exactly(1e18);
    c.interpreter.rates = {at_once, at_once, at_once};
    const auto split = rewritten(c, [&](const Step& step, std::vector<Step>& out) {
      if (!std::holds_alternative<model::PythonStep>(step)) return out.push_back(step);
      const sim::Duration first = time_of(step).scaled(random.uniform());
      out.push_back(model::PythonStep{model::Constant{first}, {}});
      out.push_back(model::PythonStep{model::Constant{time_of(step) - first}, {}});
    });
    const auto whole = simulate(c, i, 0);
    const auto halves = simulate(split, i, 0);
    ASSERT_EQ(difference(whole.outcome, halves.outcome), "") << "scenario " << i;
  }
}

TEST(Programs, OfOneThreadAreTheSameWithoutTheLock) {
  sim::RandomStream random(1, 0, "one thread");
  for (std::uint64_t i = 0; i < 400; ++i) {
    model::Configuration c = random_scenario(random, {});
    c.strategy = model::StrategyKind::kSequential;
    if (!c.is_batch()) c.threads.resize(1);
    const auto unlocked = rewritten(c, [](const Step& step, std::vector<Step>& out) {
      if (std::holds_alternative<model::WaitStep>(step)) return out.push_back(step);
      out.push_back(model::NativeStep{model::Constant{time_of(step)}, model::LockMode::kReleased});
    });
    const auto with = simulate(c, i, 0);
    const auto without = simulate(unlocked, i, 0);
    ASSERT_EQ(difference(with.outcome, without.outcome), "") << "scenario " << i;
    ASSERT_EQ(with.outcome.lock_handovers, 1);
  }
}

TEST(Programs, WithAnInfiniteIntervalRunBytecodeUntilItBlocks) {
  sim::RandomStream random(1, 0, "infinite interval");
  for (std::uint64_t i = 0; i < 400; ++i) {
    model::Configuration c = random_scenario(random, {});
    c.switch_interval = sim::Duration::seconds(3600);
    const auto uninterrupted = rewritten(c, [](const Step& step, std::vector<Step>& out) {
      if (!std::holds_alternative<model::PythonStep>(step)) return out.push_back(step);
      out.push_back(model::NativeStep{model::Constant{time_of(step)}, model::LockMode::kHeld});
    });
    const auto bytecode = simulate(c, i, 0);
    const auto native = simulate(uninterrupted, i, 0);
    ASSERT_EQ(difference(bytecode.outcome, native.outcome), "") << "scenario " << i;
    ASSERT_EQ(bytecode.fingerprint, native.fingerprint);
    ASSERT_EQ(bytecode.outcome.forced_drops, 0);
  }
}

}  // namespace
}  // namespace gilsim::test
