// Changes that a user could make to a program, its settings or its machine, one at a time: each a
// configuration to be simulated. Nothing is said here of what they gain.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace gilsim::app {

struct Change {
  enum class Kind {
    kSetting,  // switch interval, workers, chunk size, start method
    kLayout,   // another strategy, another process
    kBuild,    // another build of the interpreter
    kCode,     // a step that lets go of the lock, tasks put together, shared memory
    kMachine,  // more cores, another quota
  };
  Kind kind = Kind::kSetting;
  std::string what;    // "releasing the lock in step 2 (C code, 4.2 ms)"
  std::string family;  // of changes to one thing, of which the best ones are enough
  scenario::Point point;
};

std::vector<Change> changes_of(const scenario::Point& point);

// Names of the strategies that the point's batch could be simulated under.
std::vector<std::string> strategies_that_can_run(const scenario::Point& point);

}  // namespace gilsim::app
