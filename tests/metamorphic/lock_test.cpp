// Interpreters that share nothing, and threads that never hold their lock for any time.
#include <gtest/gtest.h>

#include <deque>

#include "tests/support/random_scenario.hpp"
#include "tests/support/script.hpp"

namespace gilsim::test {
namespace {

using model::Action;
using Times = std::vector<std::vector<sim::Duration>>;

std::vector<Action> random_actions(sim::RandomStream& random, bool only_unlocked) {
  std::vector<Action> actions;
  const int count = random_int(random, 1, 12);
  for (int i = 0; i < count; ++i) {
    const int kind = random_int(random, only_unlocked ? 2 : 0, 4);
    const sim::Duration time =
        random_time(random, sim::Duration::microseconds(5), sim::Duration::milliseconds(12));
    actions.push_back(kind == 0   ? Action::python(time)
                      : kind == 1 ? Action::native_held(time)
                      : kind == 2 ? Action::native_released(time)
                      : kind == 3 ? Action::sleep(time, time / 7)
                                  : Action::receive(time, time / 7));
  }
  return actions;
}

using Interpreter = std::vector<std::vector<Action>>;  // the actions of each of its threads

// When each thread was about to do each of its actions, of all interpreters in one run.
Times run(const model::Configuration& c, const std::vector<Interpreter>& interpreters) {
  model::World world(c, 1, 0);
  std::deque<model::Script> scripts;
  for (const Interpreter& interpreter : interpreters) {
    model::InterpreterLock& lock = world.create_interpreter();
    for (const auto& actions : interpreter) {
      scripts.emplace_back(actions);
      world.start(world.create_thread("t", lock, model::Layout::kMain, scripts.back()));
    }
  }
  world.run_until(sim::Time::max());
  world.check_accounts();
  Times times;
  for (const model::Script& script : scripts) times.push_back(script.decided_at);
  return times;
}

Interpreter random_interpreter(sim::RandomStream& random, bool only_unlocked) {
  Interpreter interpreter(static_cast<std::size_t>(random_int(random, 1, 4)));
  for (auto& actions : interpreter) actions = random_actions(random, only_unlocked);
  return interpreter;
}

TEST(Interpreters, ThatShareNothingRunAsTheyDoAlone) {
  sim::RandomStream random(1, 0, "interpreters");
  for (int i = 0; i < 300; ++i) {
    model::Configuration c = random_scenario(random, {});
    const Interpreter first = random_interpreter(random, false);
    const Interpreter second = random_interpreter(random, false);
    c.machine.cores = static_cast<int>(first.size() + second.size());
    const Times together = run(c, {first, second});
    Times apart = run(c, {first});
    for (auto& times : run(c, {second})) apart.push_back(times);
    ASSERT_EQ(together, apart) << "scenario " << i;
  }
}

TEST(Threads, ThatAlwaysReleaseTheLockRunAsIfEachHadItsOwn) {
  sim::RandomStream random(1, 0, "all native");
  for (int i = 0; i < 300; ++i) {
    const model::Configuration c = random_scenario(random, {});  // on 1 to 4 cores, shared or not
    const Interpreter threads = random_interpreter(random, true);
    std::vector<Interpreter> one_each;
    for (const auto& actions : threads) one_each.push_back({actions});
    ASSERT_EQ(run(c, {threads}), run(c, one_each)) << "scenario " << i;
  }
}

TEST(Threads, ThatHoldTheLockDoWaitForEachOther) {
  sim::RandomStream random(1, 0, "some locked");
  int different = 0;
  for (int i = 0; i < 100; ++i) {
    const model::Configuration c = random_scenario(random, {});
    const Interpreter threads = random_interpreter(random, false);
    std::vector<Interpreter> one_each;
    for (const auto& actions : threads) one_each.push_back({actions});
    if (run(c, {threads}) != run(c, one_each)) ++different;
  }
  EXPECT_GE(different, 30) << "else the relation above says nothing";
}

}  // namespace
}  // namespace gilsim::test
