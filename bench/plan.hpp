// The workloads and the sizes they are measured at: one table for gilsim and for its peers.
//
//   hold        classic hold model: take the earliest event, schedule it again an exponential time
//               later. Size: pending events. Check: time of the last operation, ns.
//   event-set   the same on the bare event set, without clock, handlers and fingerprint.
//   queue       M/M/c, arrivals at 0.8 per server and second, service 1 s. Size: servers.
//               Operation: a customer. Check: mean wait before service, ns.
//   lock        threads that want one FIFO mutex all the time, on 4 cores, and keep it 5 ms.
//               Size: threads. Operation: a handover. Check: time of the last one, ns.
//   lock-timer  the same; who waits arms a deadline of 10 s, cancelled when the lock is theirs.
//   machine     the whole of models/: CPU-bound threads on 4 cores at a switch interval of 5 ms.
//               Size: threads. Operation: an event. Check: lock handovers.
//   machine-lawless  machine without the law checker: what the checker costs.
//   machine-io  the same beside one thread that sleeps 1 ms at a time.
//   scale       simulated threads, nearly all of them asleep. Size: threads. Operation: an event.
//               Check: rounds of all threads.
//   scale-lock  threads that all want the lock, each with its switch interval running.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gilsim::bench {

enum class Amount { kOperations, kMilliseconds };

struct Point {
  std::string_view workload;
  std::int64_t size;
  Amount unit;
  std::int64_t amount;
  std::int64_t quick_amount;  // 0: left out of a quick run
  double target;              // ns per operation; 0: none
  double target_ratio;        // of the best peer's cost to ours; 0: none
};

inline constexpr std::array kPlan = {
    Point{"hold", 10, Amount::kOperations, 20'000'000, 200'000, 20, 3},
    Point{"hold", 1'000, Amount::kOperations, 10'000'000, 200'000, 35, 2.8},
    Point{"hold", 100'000, Amount::kOperations, 5'000'000, 100'000, 65, 3.3},
    Point{"hold", 1'000'000, Amount::kOperations, 4'000'000, 0, 200, 2},
    Point{"event-set", 10, Amount::kOperations, 20'000'000, 200'000, 0, 0},
    Point{"event-set", 1'000, Amount::kOperations, 10'000'000, 200'000, 0, 0},
    Point{"event-set", 100'000, Amount::kOperations, 5'000'000, 100'000, 0, 0},
    Point{"event-set", 1'000'000, Amount::kOperations, 4'000'000, 0, 0, 0},
    Point{"queue", 1, Amount::kOperations, 1'000'000, 20'000, 60, 2.2},
    Point{"queue", 4, Amount::kOperations, 1'000'000, 20'000, 80, 2},
    Point{"lock", 2, Amount::kOperations, 20'000'000, 200'000, 10, 8},
    Point{"lock", 8, Amount::kOperations, 20'000'000, 200'000, 10, 8},
    Point{"lock", 64, Amount::kOperations, 20'000'000, 200'000, 10, 8},
    Point{"lock", 1'000, Amount::kOperations, 20'000'000, 200'000, 10, 8},
    Point{"lock-timer", 2, Amount::kOperations, 10'000'000, 100'000, 25, 8},
    Point{"lock-timer", 8, Amount::kOperations, 10'000'000, 100'000, 25, 8},
    Point{"lock-timer", 64, Amount::kOperations, 10'000'000, 100'000, 25, 8},
    Point{"lock-timer", 1'000, Amount::kOperations, 10'000'000, 100'000, 25, 8},
    Point{"machine", 8, Amount::kMilliseconds, 3'600'000, 10'000, 100, 0},
    Point{"machine-lawless", 8, Amount::kMilliseconds, 3'600'000, 10'000, 0, 0},
    Point{"machine-io", 8, Amount::kMilliseconds, 3'600'000, 10'000, 100, 0},
    Point{"scale", 1'000, Amount::kMilliseconds, 400'000, 2'000, 0, 0},
    Point{"scale", 10'000, Amount::kMilliseconds, 400'000, 0, 0, 0},
    Point{"scale", 100'000, Amount::kMilliseconds, 400'000, 0, 0, 0},
    Point{"scale", 1'000'000, Amount::kMilliseconds, 2'000'000, 0, 0, 0},
    Point{"scale-lock", 1'000, Amount::kMilliseconds, 5'000, 100, 0, 0},
    Point{"scale-lock", 10'000, Amount::kMilliseconds, 500, 0, 0, 0},
    Point{"scale-lock", 100'000, Amount::kMilliseconds, 50, 0, 0, 0},
};

// Operations before the stopwatch starts: each pending event or thread has had its turn.
constexpr std::int64_t warm_up_for(std::int64_t size) { return size + 10'000; }

}  // namespace gilsim::bench
