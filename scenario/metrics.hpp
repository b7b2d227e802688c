// The metrics of a point, by name: what reports print and `expect` may ask for. Times are in
// seconds, rates per second, a speedup is a ratio to `sequential` on the same cores.
//   of a batch:       wall, speedup, cpu
//   of named threads: <thread>.rate (rounds), <thread>.p50 and <thread>.p99 (latency of a round)
#pragma once

#include <array>
#include <string>
#include <vector>

namespace gilsim::scenario {

inline constexpr std::array<const char*, 3> kBatchMetrics{"wall", "speedup", "cpu"};
inline constexpr std::array<const char*, 4> kThreadMetrics{"rate", "p50", "p95", "p99"};

std::vector<std::string> batch_metrics();
std::vector<std::string> thread_metrics(const std::vector<std::string>& threads);

}  // namespace gilsim::scenario
