// Lays the work of a configuration out on threads and processes of a world, and collects what they
// did. One file a strategy; the table is strategies().
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "models/program/world.hpp"
#include "models/simulation.hpp"

namespace gilsim::model {

// A laid-out run: owns the behaviours. The configuration that it was made of must outlive it.
class Layer {
 public:
  virtual ~Layer() = default;
  // Creates and starts what the program starts with.
  virtual void begin(World& world) = 0;
  // When the run ends by itself; a layer of looping threads ends at the configuration's duration.
  virtual bool is_over() const = 0;
  // From the start of the main thread's work to its end.
  virtual sim::Duration wall(const World& world) const = 0;
  // Asked for when the world is gone; `cpu` by thread.
  virtual std::vector<ThreadOutcome> outcomes(const std::vector<sim::Duration>& cpu) = 0;
};

using TaskTimes = std::vector<std::vector<sim::Duration>>;  // task, step

// The times of one looping thread, or of equal ones that draw nothing, in one piece.
class RoundTimes {
 public:
  explicit RoundTimes(const TaskTimes& rounds)
      : steps_(static_cast<std::uint32_t>(rounds.front().size())),
        rounds_(static_cast<std::uint32_t>(rounds.size())) {
    times_.reserve(rounds.size() * rounds.front().size());
    for (const auto& round : rounds) times_.insert(times_.end(), round.begin(), round.end());
  }
  // Of each step of that round.
  const sim::Duration* of(std::uint32_t round) const {
    return times_.data() + std::size_t{round} * steps_;
  }
  std::uint32_t after(std::uint32_t round) const { return round + 1 == rounds_ ? 0 : round + 1; }

 private:
  std::vector<sim::Duration> times_;
  std::uint32_t steps_;
  std::uint32_t rounds_;
};

struct Strategy {
  StrategyKind kind;
  const char* meaning;
  std::unique_ptr<Layer> (*make)(const Configuration&, TaskTimes);
};

std::span<const Strategy> strategies();
const Strategy& strategy_for(StrategyKind kind);

std::unique_ptr<Layer> make_sequential(const Configuration& configuration, TaskTimes times);
std::unique_ptr<Layer> make_thread_pool(const Configuration& configuration, TaskTimes times);
std::unique_ptr<Layer> make_thread_each(const Configuration& configuration, TaskTimes times);
std::unique_ptr<Layer> make_dummy_pool(const Configuration& configuration, TaskTimes times);
std::unique_ptr<Layer> make_process_pool(const Configuration& configuration, TaskTimes times);
std::unique_ptr<Layer> make_asyncio_batch(const Configuration& configuration, TaskTimes times);
std::unique_ptr<Layer> make_interpreter_pool(const Configuration& configuration, TaskTimes times);
// `rounds`: of each entry of `threads`, once, or once for each thread of it.
std::unique_ptr<Layer> make_looping_threads(const Configuration& configuration,
                                            std::vector<std::vector<RoundTimes>> rounds);

}  // namespace gilsim::model
