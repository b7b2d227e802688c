// Repeats a measurement that other programs or other virtual machines have disturbed, as far as the
// kernel tells: CPU time that neither this process nor its children used, and time stolen by the
// hypervisor (/proc/stat). It can't see what shares caches, hardware threads or the clock speed
// without taking CPU time. Where /proc/stat can't be read nothing counts as disturbed.
#pragma once

#include <utility>

#include "sim/time.hpp"

namespace gilsim::host {

struct LoadSnapshot {
  sim::Duration at;
  sim::Duration machine;  // CPU time of everybody on all cores, stolen time included
  sim::Duration own;      // of this process and the children that have been waited for

  static LoadSnapshot now();
};

// CPU time of others between two snapshots, never below 0.
sim::Duration used_by_others(const LoadSnapshot& before, const LoadSnapshot& after);

// More than a tenth of one core, and more than the counters' own grain.
bool is_disturbed(const LoadSnapshot& before, const LoadSnapshot& after);

class Undisturbed {
 public:
  // `budget`: time that repetitions may take in all.
  explicit Undisturbed(sim::Duration budget) : budget_(budget) {}

  // The least disturbed of at most three results.
  template <class Measure>
  auto operator()(const Measure& measure) {
    LoadSnapshot before = LoadSnapshot::now();
    auto best = measure();
    LoadSnapshot after = LoadSnapshot::now();
    sim::Duration least = used_by_others(before, after);
    bool disturbed = is_disturbed(before, after);
    for (int attempt = 1; attempt < kAttempts && disturbed; ++attempt) {
      const sim::Duration took = after.at - before.at;
      if (took > budget_) break;
      before = LoadSnapshot::now();
      auto again = measure();
      after = LoadSnapshot::now();
      budget_ = budget_ - (after.at - before.at);
      if (used_by_others(before, after) < least) {
        least = used_by_others(before, after);
        disturbed = is_disturbed(before, after);
        best = std::move(again);
      }
    }
    ++measurements_;
    if (disturbed) ++left_disturbed_;
    return best;
  }

  int measurements() const { return measurements_; }
  int left_disturbed() const { return left_disturbed_; }

 private:
  static constexpr int kAttempts = 3;
  sim::Duration budget_;
  int measurements_ = 0;
  int left_disturbed_ = 0;
};

}  // namespace gilsim::host
