// The random numbers of the workloads, in integer nanoseconds. Every program draws from the same
// named streams, so that all simulate the same customers, and their results must be equal.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "sim/random.hpp"
#include "sim/time.hpp"

namespace gilsim::bench {

inline constexpr std::uint64_t kSeed = 1;
inline constexpr double kSecond = 1e9;

class Exponentials {
 public:
  Exponentials(std::string_view name, double mean) : stream_(kSeed, 0, name), mean_(mean) {}
  std::int64_t next() {
    return sim::Duration::from_nanoseconds(stream_.exponential() * mean_).count();
  }

 private:
  sim::RandomStream stream_;
  double mean_;
};

// A table goes round: what a draw costs is not what the hold model is about.
class HoldTimes {
 public:
  HoldTimes() : first_("hold/first", kSecond) {
    Exponentials increments("hold/increment", kSecond);
    for (auto& increment : increments_) increment = increments.next();
  }
  std::int64_t first() { return first_.next(); }
  std::int64_t increment() { return increments_[turn_++ % kIncrements]; }

 private:
  static constexpr std::uint32_t kIncrements = 1 << 13;
  Exponentials first_;
  std::array<std::int64_t, kIncrements> increments_;
  std::uint32_t turn_ = 0;
};

inline constexpr double kLoad = 0.8;  // of each server

inline Exponentials interarrival_times(std::int64_t servers) {
  return {"queue/arrival", kSecond / (kLoad * static_cast<double>(servers))};
}
inline Exponentials service_times() { return {"queue/service", kSecond}; }

}  // namespace gilsim::bench
