// The steps of a batch's tasks, scaled to what `task_time` and `waiting` ask for: computing steps
// (bytecode and native code) by one factor, waits by another. The kind and the variation of every
// step stay; what is scaled to nothing is left out. So one scenario spans the plane of task length
// and share of waiting. Left out: what has no time of its own.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace gilsim::scenario {

// The steps as they are where nothing is asked for, or it cannot be met.
std::vector<model::Step> scaled_task(const BatchEntry& batch);

// Why `task_time` or `waiting` cannot be met; empty: it can.
std::string why_not_scaled(const BatchEntry& batch, const std::string& key);

// The mean time of a task that computes and waits, alone; nothing where a number of loops stands
// for a time.
struct TaskMeans {
  double computing = 0;  // nanoseconds
  double waiting = 0;
  double total() const { return computing + waiting; }
};
std::optional<TaskMeans> means_of(const std::vector<model::Step>& task);

}  // namespace gilsim::scenario
