#include "models/simulation.hpp"

#include <algorithm>
#include <stdexcept>

#include "models/program/strategy.hpp"

namespace gilsim::model {
namespace {

// Far beyond any end that a batch can have: a run that gets there makes no progress.
sim::Time patience_of(const Configuration& c, const TaskTimes& tasks) {
  sim::Duration work;
  for (const auto& task : tasks) {
    for (const sim::Duration step : task) work += step;
  }
  const sim::Duration starts = sim::Duration::seconds(1) * c.workers;
  const double count = static_cast<double>(tasks.size());
  const Payload& payload = c.batch.payload;
  const double bytes = static_cast<double>(payload.argument.value + payload.result.value) * count;
  const sim::Duration crossing =
      sim::Duration::from_nanoseconds(std::min(1e7 * count + 100 * bytes, 1e17));
  return sim::Time::from_start(sim::Duration::seconds(60) + starts + crossing +
                               work.scaled(20 / std::min(c.speed * c.bytecode_speed, 1.0)));
}

struct LaidOut {
  std::unique_ptr<Layer> layer;
  sim::Time horizon;
};

void require_some(const LoopingThread& threads) {
  if (threads.count >= 1) return;
  throw std::invalid_argument("a count of " + std::to_string(threads.count) + " for thread '" +
                              threads.name + "'; at least 1");
}

LaidOut lay_out(const Configuration& configuration, std::uint64_t seed, std::uint64_t replication) {
  if (configuration.is_batch()) {
    TaskTimes times = sample_tasks(configuration, seed, replication);
    const sim::Time horizon = patience_of(configuration, times);
    return {strategy_for(configuration.strategy).make(configuration, std::move(times)), horizon};
  }
  std::vector<std::vector<RoundTimes>> rounds(configuration.threads.size());
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const LoopingThread& threads = configuration.threads[i];
    require_some(threads);
    const int different = has_constant_times(threads) ? 1 : threads.count;
    for (int k = 0; k < different; ++k) {
      rounds[i].emplace_back(sample_rounds(configuration, i, seed, replication, k));
    }
  }
  return {make_looping_threads(configuration, std::move(rounds)),
          sim::Time::from_start(configuration.duration)};
}

[[noreturn]] void throw_not_over(sim::RunEnd end, const World& world) {
  const std::vector<WaitFor> waits = world.waits();
  const std::string cycle = name_cycle(waits);
  const std::string lost = name_lost(waits);
  if (!cycle.empty()) throw LawBroken("law broken: deadlock: " + cycle);
  if (!lost.empty()) throw LawBroken("law broken: a wake-up is lost: " + lost);
  if (end == sim::RunEnd::kHorizon) {
    throw LawBroken("the run makes no progress: after " +
                    std::to_string(world.now().since_start().in_seconds()) + " simulated seconds " +
                    world.describe_threads());
  }
  throw LawBroken("nothing is left to happen, but the run is not over: " +
                  world.describe_threads());
}

SimulatedOutcome books_of(const World& world) {
  SimulatedOutcome result;
  Outcome& outcome = result.outcome;
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

std::vector<sim::Duration> cpu_by_thread(const Machine& machine) {
  std::vector<sim::Duration> cpu;
  cpu.reserve(machine.threads().size());
  for (const Thread& thread : machine.threads()) cpu.push_back(machine.cpu_of(thread));
  return cpu;
}

}  // namespace

SimulatedOutcome simulate(const Configuration& configuration, std::uint64_t seed,
                          std::uint64_t replication, Laws laws, Spectator* spectator) {
  if (configuration.machine.run_to_run) {
    return simulate(as_in_one_run(configuration, seed, replication), seed, replication, laws,
                    spectator);
  }
  const auto [layer, horizon] = lay_out(configuration, seed, replication);
  SimulatedOutcome result;
  std::vector<sim::Duration> cpu;
  {  // a million threads and what became of them need not fit into memory together
    const SharedConfiguration borrowed(SharedConfiguration{}, &configuration);  // outlives this
    World world(borrowed, seed, replication, laws);
    if (spectator) {
      world.add_observer(*spectator);
      spectator->begins(world);
    }
    layer->begin(world);
    const sim::RunEnd end = world.run_until(horizon);
    if (!layer->is_over()) throw_not_over(end, world);
    world.check_accounts();
    if (spectator) spectator->ends(world);
    result = books_of(world);
    result.outcome.wall = layer->wall(world);
    cpu = cpu_by_thread(world.machine());
  }
  result.outcome.threads = layer->outcomes(cpu);
  return result;
}

}  // namespace gilsim::model
