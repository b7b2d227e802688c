// Stages of a task graph: equal tasks that wait for those of other stages.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gilsim::model {

struct Stage {
  std::string name;
  int tasks = 1;
  std::size_t steps = 0;  // of each task, in the batch's list after those of the stages before
  std::vector<std::size_t> after{};       // stages all of whose tasks must be done
  std::vector<std::size_t> each_after{};  // each task waits for the one of the same number there
};

}  // namespace gilsim::model
