// Named random streams: the generator of a stream depends on (seed, replication, name) alone, so
// adding a thread or a draw elsewhere shifts nobody else's numbers. xoshiro256++ (Blackman, Vigna
// 2019), seeded by SplitMix64 over an FNV-1a hash of the name. No std::*_distribution: their
// results differ between standard libraries.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace gilsim::sim {

class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t replication, std::string_view name);

  std::uint64_t bits() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }
  // In [0, 1), 53 bits.
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
  double exponential();  // mean 1
  double normal();       // mean 0, variance 1; inverse of the distribution function, one draw

 private:
  std::array<std::uint64_t, 4> state_;
};

// Quantile of the standard normal distribution for 0 < p < 1: Wichura's AS 241 (PPND16), relative
// accuracy about 1e-16.
double normal_quantile(double p);

}  // namespace gilsim::sim
