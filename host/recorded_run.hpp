// A real run with the recorder loaded into it, for what can't be seen from outside: how often the
// lock changed hands. The recorder costs some 100 ns a release and take, so the times of such a run
// are left alone. Left out: processes that have a lock each.
#pragma once

#include <cstdint>

#include "host/interpreters.hpp"
#include "host/subprocess.hpp"
#include "models/configuration.hpp"

namespace gilsim::host {

// Whether the configuration has threads that share a lock which the recorder knows: CPython 3.7 and
// later, with its lock.
bool can_count_handovers(const model::Configuration& configuration);

// Takes of the lock by another thread than the last holder while the run was on the clock, as
// Outcome::lock_handovers counts them. Throws HostError, Interrupted.
std::int64_t count_handovers(const model::Configuration& configuration,
                             const InstalledInterpreter& interpreter, std::uint64_t seed,
                             std::uint64_t replication, const StopFlag* stop = nullptr);

}  // namespace gilsim::host
