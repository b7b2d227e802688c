// One replication of a closed network: a fixed number of customers goes round stations of
// exponential service, after each station with given probabilities to the next. A unit is a second.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/support/station.hpp"

namespace gilsim::test {

struct ClosedStation {
  double mean_service = 1;
  int servers = 1;  // Station::kUnlimited: a delay
  Discipline discipline = Discipline::kFifo;
  double quantum = 0;        // of round robin
  std::vector<double> next;  // probability of going from here to each station; sums to 1
};

struct ClosedNetwork {
  std::vector<ClosedStation> stations;
  int customers = 1;
};

struct ClosedNetworkResult {
  double throughput = 0;         // of station 0
  std::vector<double> sojourns;  // mean time at each station, one visit
};

// All customers start at the last station; what happens before `warm_up` is not counted.
ClosedNetworkResult replicate(const ClosedNetwork& network, sim::Duration warm_up,
                              sim::Duration counted, std::uint64_t seed, std::uint64_t replication);

}  // namespace gilsim::test
