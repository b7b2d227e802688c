// What the Python driver is told and what it answers: one JSON object each, with the version of the
// protocol. A step is a kind and an amount of work (loops, PBKDF2 iterations, elements,
// nanoseconds); nominal times become amounts by the calibrated rates. An amount that never changes
// is one number.
#pragma once

#include <cstdint>
#include <string>

#include "models/configuration.hpp"
#include "models/simulation.hpp"

namespace gilsim::host {

struct DriverJob {
  std::string text;
  sim::Duration nominal;  // all waits and all work one after the other, or the duration
};

DriverJob make_driver_job(const model::Configuration& configuration, std::uint64_t seed,
                          std::uint64_t replication);

// Throws HostError where the text is no result, or says why the interpreter can't do it.
model::Outcome read_driver_result(const std::string& text);

}  // namespace gilsim::host
