// One replication of an open queue: Poisson arrivals to one station. A unit of time is a second.
#pragma once

#include <cstdint>

#include "tests/support/station.hpp"

namespace gilsim::test {

struct OpenQueue {
  double arrival_rate = 1;
  double mean_service = 1;
  bool constant_service = false;  // else exponential
  int servers = 1;
};

struct OpenQueueResult {
  double sojourn = 0;
  double wait = 0;
};

// Starts empty, forgets all departures before `warm_up` has passed, then counts `departures`.
OpenQueueResult replicate(const OpenQueue& queue, sim::Duration warm_up, std::int64_t departures,
                          std::uint64_t seed, std::uint64_t replication);

}  // namespace gilsim::test
