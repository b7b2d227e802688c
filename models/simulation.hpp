// simulate(): one replication of one configuration. Deterministic: the same configuration, seed and
// replication give the same result and fingerprint everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/configuration.hpp"
#include "models/laws/laws.hpp"
#include "sim/observer.hpp"

namespace gilsim::model {

// What one run did, simulated or real; a real run leaves at 0 what can't be seen from outside.
struct ThreadOutcome {
  std::string name;
  std::int64_t operations = 0;           // rounds of a looping thread, tasks of a worker
  std::vector<sim::Duration> latencies;  // of each operation, in order of completion
  sim::Duration cpu;
};

struct Outcome {
  sim::Duration wall;
  sim::Duration cpu;  // of all threads and processes
  std::int64_t voluntary_switches = 0;
  std::int64_t involuntary_switches = 0;
  std::int64_t lock_handovers = 0;     // takes by another thread than the last holder; -1: not seen
  std::int64_t forced_drops = 0;       // drops on request; -1: not seen
  std::vector<ThreadOutcome> threads;  // looping threads by name; for a batch one entry "task"
  sim::Duration begin;  // when a real run's clock began, on CLOCK_MONOTONIC; 0: simulated
};

struct SimulatedOutcome {
  Outcome outcome;
  std::int64_t events = 0;
  std::uint64_t fingerprint = 0;
};

// Watches one run from outside and changes nothing: told of every event just before it is handled.
class World;
class Spectator : public sim::Observer {
 public:
  virtual void begins(const World& world) = 0;  // laid out; nothing has happened yet
  virtual void ends(const World& world) = 0;    // over, and the world is still there
};

// Throws std::invalid_argument where a configuration can't be simulated (its message says why).
SimulatedOutcome simulate(const Configuration& configuration, std::uint64_t seed,
                          std::uint64_t replication, Laws laws = Laws::kChecked,
                          Spectator* spectator = nullptr);

}  // namespace gilsim::model
