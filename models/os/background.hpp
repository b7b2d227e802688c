// The threads of other processes: each computes for a burst, pauses, and so on; both times are
// exponential, and the mean pause is what makes `duty` the share of the time that it wants a core.
// With a duty of 1 it never pauses. They compete in the run queues with the weight of the run's own
// threads and belong to no interpreter. Left out: what they do to caches and devices, groups of
// processes whose weight differs, load that comes and goes in minutes.
#pragma once

#include <string>
#include <vector>

#include "models/os/background_parameters.hpp"
#include "models/os/machine_client.hpp"
#include "sim/random.hpp"

namespace gilsim::model {

class Machine;

class Background final : public MachineClient {
 public:
  Background(const BackgroundParameters& parameters, Machine& machine, std::uint64_t seed,
             std::uint64_t replication);

  // Of a thread whose id counts from 0 among the background's own.
  CpuRequest next(Thread& thread) override;
  void timer_expired(Thread&) override {}

 private:
  struct Mind {
    sim::RandomStream random;
    bool has_computed = false;
  };

  const BackgroundParameters parameters_;
  Machine& machine_;
  std::vector<Mind> minds_;
};

}  // namespace gilsim::model
