#include "models/os/thread.hpp"

#include <gtest/gtest.h>

namespace gilsim::model {
namespace {

class Nobody final : public sim::EventHandler {
 public:
  void handle(sim::Event&) override {}
};

TEST(Thread, AnIllegalTransitionIsReportedWithBothStates) {
  Nobody nobody;
  Thread thread(nobody, 3);
  try {
    thread.transition(ThreadState::kRunning);
    FAIL() << "no law was broken";
  } catch (const LawBroken& law) {
    EXPECT_STREQ(law.what(), "thread 3: from new to running is no legal transition");
  }
}

TEST(Thread, NothingFollowsItsExit) {
  for (int to = 0; to < kThreadStates; ++to) {
    EXPECT_FALSE(is_legal(ThreadState::kExited, static_cast<ThreadState>(to)));
  }
}

}  // namespace
}  // namespace gilsim::model
