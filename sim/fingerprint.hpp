// A hash of what happened, in order: equal runs have equal fingerprints on every machine.
// Ingredients: time, kind and subject of every event.
#pragma once

#include <cstdint>

namespace gilsim::sim {

class Fingerprint {
 public:
  void add(std::uint64_t word) {
    value_ = (value_ ^ word) * 0x9fb21c651e98df25ULL;  // multiply-xorshift, as in rrmxmx
    value_ ^= value_ >> 28;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0x243f6a8885a308d3ULL;
};

}  // namespace gilsim::sim
