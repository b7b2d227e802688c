// Which scheduler the kernel has: EEVDF since Linux 6.6, CFS before; and the figures of CFS.
#pragma once

#include <utility>

#include "models/parameter.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

enum class SchedulerKind { kEevdf, kCfs };
template <>
struct EnumNames<SchedulerKind> {
  static constexpr std::pair<SchedulerKind, const char*> values[] = {
      {SchedulerKind::kEevdf, "eevdf"},
      {SchedulerKind::kCfs, "cfs"},
  };
};

// Defaults: a kernel of eight or more cores, four times 6, 0.75 and 1 ms; by 3 on four to seven
// cores, by 2 on two or three (kernel/sched/fair.c: get_update_sysctl_factor).
struct CfsParameters {
  sim::Duration latency = sim::Duration::milliseconds(24);
  sim::Duration min_granularity = sim::Duration::milliseconds(3);
  sim::Duration wakeup_granularity = sim::Duration::milliseconds(4);
};

template <class Visitor>
void describe(Visitor& visit, CfsParameters& p) {
  visit.field("latency", p.latency,
              {.meaning = "in which every ready thread runs once (sched_latency_ns)",
               .min = 1e5,
               .max = 1e9});
  visit.field("min_granularity", p.min_granularity,
              {.meaning = "least slice (sched_min_granularity_ns)", .min = 1e5, .max = 1e9});
  visit.field("wakeup_granularity", p.wakeup_granularity,
              {.meaning = "how far behind a thread that wakes must be to preempt "
                          "(sched_wakeup_granularity_ns)",
               .min = 0,
               .max = 1e9});
}

}  // namespace gilsim::model
