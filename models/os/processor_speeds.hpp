// How fast each processor computes, given what computes on the others. Three laws, multiplied:
//   1. cores that are busy together run at a measured fraction of their speed alone (clock speed,
//      caches), in proportion to how many are: MachineParameters::parallel_speed;
//   2. hardware threads of one core that are busy together run at `smt_speed` each;
//   3. native code that moves memory (NativeStep::memory) runs as fast as memory lets all of those
//      that do so together: the bandwidth of so many of them, shared in proportion to demand.
// Used where 2 or 3 is asked for; Machine does 1 alone by itself. Processors i and i + n, i + 2n
// ... are one core, with n cores: Linux numbers them so on most machines. Left out: mixes of code
// that get on better or worse on one core, memory that belongs to a socket, caches.
#pragma once

#include <cstddef>
#include <vector>

#include "models/os/machine_parameters.hpp"

namespace gilsim::model {

// What `threads` of them move together, in GB/s; linear between two points, constant beyond the
// last, proportional below the first.
double bandwidth_of(const std::vector<MemoryBandwidth>& curve, std::size_t threads);

class ProcessorSpeeds {
 public:
  // `parallel_speed` and `smt_speed` as drawn for this run.
  ProcessorSpeeds(const MachineParameters& parameters, double parallel_speed, double smt_speed);

  // A thread that would move `memory` GB/s at full speed computes on `processor` from now on.
  void begins(std::size_t processor, double memory);
  void ceases(std::size_t processor);
  double of(std::size_t processor) const;

  // Processors of the same core: from the first one on in steps of cores().
  std::size_t cores() const { return busy_in_core_.size(); }
  std::size_t core_of(std::size_t processor) const { return processor % cores(); }

 private:
  double speed_without_memory(std::size_t processor) const;
  void share_memory();

  const std::vector<MemoryBandwidth> bandwidth_;
  const double parallel_speed_;
  const double smt_speed_;
  std::vector<char> busy_;
  std::vector<double> memory_;  // demand by processor
  std::vector<int> busy_in_core_;
  int busy_cores_ = 0;
  double served_ = 1;  // share of the demand for memory that is met
};

}  // namespace gilsim::model
