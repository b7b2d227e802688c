#include "models/os/thread.hpp"

namespace gilsim::model {

const char* name_of(ThreadState state) {
  switch (state) {
    case ThreadState::kNew:
      return "new";
    case ThreadState::kReady:
      return "ready";
    case ThreadState::kArriving:
      return "arriving";
    case ThreadState::kRunning:
      return "running";
    case ThreadState::kBlocked:
      return "blocked";
    case ThreadState::kExited:
      return "exited";
  }
  return "?";
}

void Thread::throw_illegal(ThreadState to) const {
  throw LawBroken("thread " + std::to_string(id) + ": from " + name_of(state) + " to " +
                  name_of(to) + " is no legal transition");
}

}  // namespace gilsim::model
