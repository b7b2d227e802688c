// The figures of the lock workloads, the same for every program.
#pragma once

#include <cstdint>

namespace gilsim::bench {

inline constexpr int kLockCores = 4;
inline constexpr std::int64_t kHoldTime = 5'000'000;       // ns
inline constexpr std::int64_t kPatience = 10'000'000'000;  // ns; longer than any wait

}  // namespace gilsim::bench
