#include "models/simulation.hpp"

#include "models/program/strategy.hpp"

namespace gilsim::model {
namespace {

std::unique_ptr<Layer> lay_out(const Configuration& configuration, std::uint64_t seed,
                               std::uint64_t replication) {
  if (configuration.is_batch()) {
    return strategy_for(configuration.strategy)
        .make(configuration, sample_tasks(configuration, seed, replication));
  }
  std::vector<TaskTimes> rounds;
  for (std::size_t i = 0; i < configuration.threads.size(); ++i) {
    rounds.push_back(sample_rounds(configuration, i, seed, replication));
  }
  return make_looping_threads(configuration, std::move(rounds));
}

}  // namespace

SimulatedOutcome simulate(const Configuration& configuration, std::uint64_t seed,
                          std::uint64_t replication) {
  const std::unique_ptr<Layer> layer = lay_out(configuration, seed, replication);
  World world(configuration, seed, replication);
  layer->begin(world);
  const sim::Time horizon =
      configuration.is_batch() ? sim::Time::max() : sim::Time::from_start(configuration.duration);
  world.run_until(horizon);
  if (!layer->is_over()) {
    throw LawBroken("nothing is left to happen, but the run is not over: " +
                    world.describe_threads());
  }
  world.check_accounts();

  SimulatedOutcome result;
  Outcome& outcome = result.outcome;
  outcome.wall = layer->wall(world);
  outcome.threads = layer->outcomes(world);
  for (const Thread& thread : world.machine().threads()) {
    outcome.cpu += world.machine().cpu_of(thread);
    outcome.voluntary_switches += thread.voluntary_switches;
    outcome.involuntary_switches += thread.involuntary_switches;
  }
  for (const auto& lock : world.locks()) {
    outcome.lock_handovers += lock->handovers();
    outcome.forced_drops += lock->forced_drops();
  }
  result.events = world.simulator().events();
  result.fingerprint = world.simulator().fingerprint();
  return result;
}

}  // namespace gilsim::model
