// Lays the work of a configuration out on threads and processes of a world, and collects what they
// did. One file a strategy; the table is strategies().
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "models/program/world.hpp"
#include "models/simulation.hpp"

namespace gilsim::model {

// A laid-out run: owns the behaviours.
class Layer {
 public:
  virtual ~Layer() = default;
  // Creates and starts what the program starts with.
  virtual void begin(World& world) = 0;
  // When the run ends by itself; a layer of looping threads ends at the configuration's duration.
  virtual bool is_over() const = 0;
  // From the start of the main thread's work to its end.
  virtual sim::Duration wall(const World& world) const = 0;
  virtual std::vector<ThreadOutcome> outcomes(World& world) = 0;
};

using TaskTimes = std::vector<std::vector<sim::Duration>>;  // task, step

struct Strategy {
  StrategyKind kind;
  const char* meaning;
  std::unique_ptr<Layer> (*make)(const Configuration&, TaskTimes);
};

std::span<const Strategy> strategies();
const Strategy& strategy_for(StrategyKind kind);

std::unique_ptr<Layer> make_sequential(const Configuration& configuration, TaskTimes times);
std::unique_ptr<Layer> make_thread_pool(const Configuration& configuration, TaskTimes times);
std::unique_ptr<Layer> make_process_pool(const Configuration& configuration, TaskTimes times);
// One list of rounds for each named thread: thread, round, step.
std::unique_ptr<Layer> make_looping_threads(const Configuration& configuration,
                                            std::vector<TaskTimes> rounds);

}  // namespace gilsim::model
