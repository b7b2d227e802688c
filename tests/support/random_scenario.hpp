// Random small configurations: looping threads or a batch under any strategy, with constant times
// and costs. The same stream gives the same configuration everywhere.
#pragma once

#include "models/configuration.hpp"
#include "sim/random.hpp"

namespace gilsim::test {

enum class Program {
  kAny,
  kLooping,
  kBatch,
};

struct ScenarioShape {
  Program program = Program::kAny;
  bool enough_cores = false;  // a core for every thread that may ever run
  bool latencies = true;      // wake-ups, switches, calls and pools cost something
};

// Of `low` to `high`, both included.
int random_int(sim::RandomStream& random, int low, int high);
// Log-uniform in [low, high), to the nanosecond: two draws are hardly ever equal.
sim::Duration random_time(sim::RandomStream& random, sim::Duration low, sim::Duration high);

model::Step random_step(sim::RandomStream& random);
model::Configuration random_scenario(sim::RandomStream& random, const ScenarioShape& shape);

// Operating-system threads that `configuration` may have at the same time.
int threads_of(const model::Configuration& configuration);

}  // namespace gilsim::test
