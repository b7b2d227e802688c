// Named random streams: the generator of a stream depends on (seed, replication, name) alone, so
// adding a thread or a draw elsewhere shifts nobody else's numbers. xoshiro256++ (Blackman, Vigna
// 2019), seeded by SplitMix64 over an FNV-1a hash of the name. No std::*_distribution: their
// results differ between standard libraries.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gilsim::sim {

class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t replication, std::string_view name);

  std::uint64_t bits();
  double uniform();      // in [0, 1), 53 bits
  double exponential();  // mean 1
  double normal();       // mean 0, variance 1; inverse of the distribution function, one draw

 private:
  std::array<std::uint64_t, 4> state_;
};

// Quantile of the standard normal distribution for 0 < p < 1: Wichura's AS 241 (PPND16), relative
// accuracy about 1e-16.
double normal_quantile(double p);

}  // namespace gilsim::sim
