// One real run of a configuration: the Python driver, in a fresh interpreter process.
#pragma once

#include <cstdint>

#include "host/interpreters.hpp"
#include "host/subprocess.hpp"
#include "models/configuration.hpp"
#include "models/simulation.hpp"

namespace gilsim::host {

// The driver turns nominal times into work by the rates of `configuration.interpreter`, and uses
// the same draws as simulate() with this seed and replication. lock_handovers and forced_drops are
// -1. Throws HostError (the driver failed: its own words), Interrupted.
model::Outcome execute(const model::Configuration& configuration,
                       const InstalledInterpreter& interpreter, std::uint64_t seed,
                       std::uint64_t replication, const StopFlag* stop = nullptr);

}  // namespace gilsim::host
