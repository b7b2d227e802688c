// Replications of one point: a fixed number of them, or as many as a precision takes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/figures.hpp"
#include "scenario/scenario.hpp"

namespace gilsim::app {

struct Replication {
  RunFigures figures;
  std::uint64_t fingerprint = 0;
};

// Throws UsageError where no model fits the lock of the point's interpreter.
void require_lock_model(const scenario::Point& point);

// Throws UsageError where the configuration can't be simulated.
Replication simulate_replication(const scenario::Point& point, std::uint64_t seed,
                                 std::uint64_t replication);

// The fingerprint of replications: a hash of theirs, in order.
class JointFingerprint {
 public:
  void add(std::uint64_t fingerprint);
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

// When a point has enough replications. With a precision: as soon as the 95 % intervals of the
// means of its main figures (wall, or every thread's rate) are within it on either side. The
// decision looks at nothing but the point's own replications, in order.
struct ReplicationRule {
  int least = 1;
  int most = 1;
  std::optional<double> precision;  // relative; needs least >= 2
};

struct Replicated {
  std::vector<RunFigures> runs;
  std::uint64_t fingerprint = 0;
  std::optional<double> half_width;  // the largest relative one of the main figures; 2 runs or more
};

Replicated replicate(const scenario::Point& point, std::uint64_t seed, const ReplicationRule& rule);

}  // namespace gilsim::app
