// What one repetition of a workload did, and the stopwatch that it counts its operations with: CPU
// time of the process, from the end of the warm-up to the last operation asked for. Used by the
// peers' programs too, so that all of them are timed alike.
#pragma once

#include <time.h>

#include <cstdint>

namespace gilsim::bench {

struct Task {
  std::int64_t size = 0;    // pending events, servers or threads; the plan says which
  std::int64_t amount = 0;  // operations, or milliseconds to simulate; the plan says which
};

struct Measured {
  std::int64_t operations = 0;
  std::int64_t cpu_nanoseconds = 0;
  double check = 0;  // the same for every program; the plan says what it is
  std::int64_t peak_resident_bytes = 0;
};

inline std::int64_t cpu_nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

class Stopwatch {
 public:
  Stopwatch(std::int64_t warm_up, std::int64_t operations)
      : left_(warm_up > 0 ? warm_up : operations), operations_(operations), warm_(warm_up <= 0) {
    if (warm_) began_ = cpu_nanoseconds();
  }

  // Counts one operation; true at the last one.
  bool count() { return --left_ == 0 && lap(); }

  Measured measured(double check) const { return {operations_, ended_ - began_, check, 0}; }

 private:
  bool lap() {
    const std::int64_t now = cpu_nanoseconds();
    if (warm_) {
      ended_ = now;
      return true;
    }
    warm_ = true;
    left_ = operations_;
    began_ = now;
    return false;
  }

  std::int64_t left_;
  std::int64_t operations_;
  bool warm_;
  std::int64_t began_ = 0;
  std::int64_t ended_ = 0;
};

}  // namespace gilsim::bench
