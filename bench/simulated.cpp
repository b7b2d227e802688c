#include "bench/simulated.hpp"

#include "bench/draws.hpp"
#include "models/simulation.hpp"

namespace gilsim::bench {

Measured simulated(const model::Configuration& configuration, Check check, model::Laws laws) {
  const std::int64_t began = cpu_nanoseconds();
  const model::SimulatedOutcome run = model::simulate(configuration, kSeed, 0, laws);
  const std::int64_t ended = cpu_nanoseconds();
  std::int64_t rounds = 0;
  for (const model::ThreadOutcome& thread : run.outcome.threads) rounds += thread.operations;
  const std::int64_t value = check == Check::kHandovers ? run.outcome.lock_handovers : rounds;
  return {run.events, ended - began, static_cast<double>(value), 0};
}

}  // namespace gilsim::bench
