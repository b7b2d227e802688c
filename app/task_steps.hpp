// Recorded tasks as the steps of one task of a batch: round by round, bytecode, then native code or
// a wait. A round that a task lacks is 0 there.
//
// Releases of the lock that are over sooner than another thread wakes up are part of the bytecode
// around them. Of tasks of more than kMaxRounds rounds the shortest neighbours are joined: times
// stay, their order doesn't. What the simulation adds to a wait is taken off.
#pragma once

#include <vector>

#include "app/trace_program.hpp"
#include "host/trace/bursts.hpp"

namespace gilsim::app {

struct SeenTask {
  const trace::Task* task = nullptr;
  const trace::ThreadSummary* thread = nullptr;  // that ran it
};

constexpr std::size_t kMaxRounds = 12;
constexpr std::uint64_t kShortRelease = 20'000;

// `replay`: each task's own times in their order, else drawn ones where that is possible.
std::vector<model::Step> task_steps(const std::vector<SeenTask>& tasks, const TraceProgram& program,
                                    bool replay);

}  // namespace gilsim::app
