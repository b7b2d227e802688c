// The CPU quota of a container: which cores may run its threads now. A pool of CPU time is filled
// up each period; cores fetch slices of it and use them up; a core that finds the pool empty is
// throttled until the next period. CPU time is charged at ticks and wake-ups only, so a core may
// overdraw by up to a tick; it pays that back from the next period's pool before it runs again.
//
// Source: Linux kernel/sched/fair.c (6.18): __refill_cfs_bandwidth_runtime,
// __assign_cfs_rq_runtime, account_cfs_rq_runtime, throttle_cfs_rq, distribute_cfs_runtime,
// do_sched_cfs_period_timer, __return_cfs_rq_runtime, do_sched_cfs_slack_timer. Left out: bursts
// (cpu.max.burst), nested groups, threads in the kernel (throttled from 6.18 on only as they leave
// it).
#pragma once

#include <cstdint>
#include <vector>

#include "models/os/quota_parameters.hpp"
#include "sim/simulator.hpp"

namespace gilsim::model {

class Quota {
 public:
  // `refill` and `slack` are events of the caller's, who calls refilled() and slack_expired() when
  // they happen. Periods begin at `phase` and each period after; the pool is full at first.
  Quota(sim::Simulator& simulator, const QuotaParameters& parameters, int cores,
        sim::Duration phase, sim::Event& refill, sim::Event& slack);

  void charge(std::size_t core, sim::Duration ran);
  // Whether a thread may run there; otherwise the core is throttled from now on.
  bool admit(std::size_t core);
  bool is_throttled(std::size_t core) const { return local_[core].throttled; }
  // Nothing is left to run there: what it has, but for a millisecond, goes back to the pool.
  void return_slack(std::size_t core);

  // Which cores may run again, in the order in which they were throttled.
  std::vector<std::size_t> refilled();
  std::vector<std::size_t> slack_expired();

  std::int64_t periods() const { return periods_; }
  std::int64_t throttled_periods() const { return throttled_periods_; }  // with a core throttled
  sim::Duration throttled_time() const { return throttled_time_; }       // of all cores, when over

 private:
  struct Local {
    sim::Duration remaining;
    bool throttled = false;
    sim::Time throttled_since;
  };
  void fetch(Local& local, sim::Duration target);
  std::vector<std::size_t> distribute();
  void schedule_refill();
  bool refills_within(sim::Duration time) const;

  sim::Simulator& simulator_;
  const QuotaParameters parameters_;
  const sim::Duration phase_;
  sim::Event& refill_;
  sim::Event& slack_;
  sim::Duration pool_;
  bool idle_ = false;  // nothing was fetched since the last refill
  std::vector<Local> local_;
  std::vector<std::size_t> throttled_;  // in the order in which they were
  std::int64_t periods_ = 0;
  std::int64_t throttled_periods_ = 0;
  sim::Duration throttled_time_;
};

}  // namespace gilsim::model
