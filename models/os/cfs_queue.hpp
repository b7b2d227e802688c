// The run queue of one core under CFS, the scheduler of Linux before 6.6, for threads of equal
// weight. The thread with the least virtual time runs next; who computes is rescheduled at a tick
// when it has had its share of the latency, and by a thread that wakes far enough behind it. A
// thread that slept is put behind the queue by half a latency at most (sleeper credit).
//
// Source: Linux kernel/sched/fair.c (5.4 to 6.5): place_entity (START_DEBIT,
// GENTLE_FAIR_SLEEPERS), check_preempt_tick, check_preempt_wakeup, sched_slice,
// update_min_vruntime, migrate_task_rq_fair. Left out: weights, groups, buddies (next, last, skip),
// wake-up chains.
#pragma once

#include <cstdint>
#include <vector>

#include "models/os/scheduler_parameters.hpp"
#include "models/os/thread.hpp"

namespace gilsim::model {

class CfsQueue {
 public:
  explicit CfsQueue(const CfsParameters& parameters) : parameters_(parameters) {}

  // Virtual time of `thread`, new, waking or moved here.
  void place(Thread& thread);
  void add(Thread& thread);
  // Who is to have the core instead of `current`, taken out: at a tick, or as somebody was added.
  Thread* take_at_tick(Thread& current);
  Thread* take_at_wake_up(Thread& current);
  Thread* take_next();
  // Among those that did not run after `time` the one that has waited longest, taken out; nullptr:
  // none.
  Thread* take_unless_ran_since(sim::Time time);

  // `thread` gets the core.
  void begin_slice(const Thread& thread) { began_ = thread.vruntime; }
  void charge(Thread& current, sim::Duration ran);
  std::size_t waiting() const { return waiting_.size(); }

 private:
  struct Entry {
    std::int64_t vruntime;
    std::uint64_t order;  // of arrival, among equals
    Thread* thread;
    bool operator<(const Entry& other) const {  // std's heaps have the greatest on top
      return vruntime != other.vruntime ? vruntime > other.vruntime : order > other.order;
    }
  };
  std::int64_t slice_of(std::size_t threads) const;
  void advance_to(std::int64_t vruntime);

  CfsParameters parameters_;
  std::int64_t least_ = 0;  // min_vruntime: never falls
  std::int64_t began_ = 0;  // virtual time at which the current stretch began
  std::uint64_t arrivals_ = 0;
  const Thread* last_added_ = nullptr;
  std::vector<Entry> waiting_;
};

}  // namespace gilsim::model
