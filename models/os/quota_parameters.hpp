// The CPU quota of a container (cgroup v2 cpu.max, v1 cpu.cfs_quota_us): so much CPU time a period.
#pragma once

#include "models/parameter.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

struct QuotaParameters {
  sim::Duration quota;
  sim::Duration period = sim::Duration::milliseconds(100);
  sim::Duration slice = sim::Duration::milliseconds(5);
};

template <class Visitor>
void describe(Visitor& visit, QuotaParameters& p) {
  visit.field("quota", p.quota,
              {.meaning = "CPU time of all cores together in each period (cpu.max, first figure)",
               .min = 1e6,
               .max = 1e12,
               .required = true});
  visit.field("period", p.period,
              {.meaning = "after which the quota is filled up again (cpu.max, second figure)",
               .min = 1e6,
               .max = 1e9});
  visit.field("slice", p.slice,
              {.meaning = "handed to a core at a time (kernel.sched_cfs_bandwidth_slice_us)",
               .min = 1e3,
               .max = 1e9});
}

}  // namespace gilsim::model
