// The reference model: one run of a configuration, computed a second time and in another way, to be
// compared with simulate(). Straight-line code that reads like CPython's own (take_gil, drop_gil in
// Python/ceval_gil.h of 3.11; Lib/concurrent/futures/thread.py, Lib/multiprocessing/pool.py) on the
// plain machine of reference_machine.hpp. Slow, and not meant to be anything else.
// Constant times and costs only.
#pragma once

#include "models/simulation.hpp"

namespace gilsim::test {

// Latencies are left out.
model::Outcome reference_outcome(const model::Configuration& configuration, std::uint64_t seed,
                                 std::uint64_t replication);

}  // namespace gilsim::test
