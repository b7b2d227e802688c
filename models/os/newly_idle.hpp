// Whether a core that has run out of work looks for threads that wait for other cores. The kernel
// looks in proportion to how often looking has helped of late: it throws a die of 1024 sides each
// time. A look that helped counts as many times as it was unlikely, so that the ratio becomes the
// share of all occasions on which there was something to take.
//
// Source: Linux kernel/sched/fair.c, sched_balance_newidle() and update_newidle_stats() with
// NI_RANDOM (6.12.65, 6.18.5, 7.0 and later; before, and under CFS, it always looked).
// Left out: the limit on a core's average idle time, some microseconds here.
#pragma once

#include <cstdint>

namespace gilsim::model {

class NewlyIdle {
 public:
  // `die`: uniform over 0 to 1023.
  bool looks(std::uint32_t die) {
    weight_ = 1 + ratio_;
    if (die <= weight_) return true;
    note(0);
    return false;
  }
  // What came of the look.
  void found(bool something) { note(something ? (kSides + weight_ / 2) / weight_ : 0); }

 private:
  static constexpr std::uint32_t kSides = 1024;

  void note(std::uint32_t successes) {
    ++calls_;
    successes_ += successes;
    if (calls_ < kSides) return;
    ratio_ = successes_;
    calls_ /= 2;
    successes_ /= 2;
  }

  std::uint32_t calls_ = kSides / 2;  // as topology.c begins them
  std::uint32_t successes_ = kSides / 4;
  std::uint32_t ratio_ = kSides / 2;
  std::uint32_t weight_ = 1;
};

}  // namespace gilsim::model
