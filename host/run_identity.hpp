// What makes two real runs the same, so that one of them can stand for the other: kept runs are
// looked up by these. FNV-1a, 64 bits, hexadecimal.
#pragma once

#include <string>

#include "models/configuration.hpp"

namespace gilsim::host {

// Of what the run has to do: strategy, workers, cores, interval, interpreter and every step's
// amount of work, for the first replication; the others follow from the seed. Independent of the
// host it runs on and of this program's version. Throws HostError where the interpreter can't do
// it.
std::string work_identity(const model::Configuration& configuration, std::uint64_t seed);

// Of the programs that do it: those that this program carries with it.
std::string driver_identity();

}  // namespace gilsim::host
