// Tells hosts apart without naming them: a profile measured elsewhere must not pass for this
// host's.
#pragma once

#include <string>

namespace gilsim::host {

struct HostTraits {
  std::string processor;
  int online_cores = 0;
  std::string kernel;
  std::string machine_id;  // secret of the host: goes into the fingerprint, never out
};

// FNV-1a, 64 bits, 16 hexadecimal digits. Not reversible to the machine id, which has 128 bits.
std::string fingerprint_of(const HostTraits& traits);

HostTraits this_hosts_traits();

}  // namespace gilsim::host
