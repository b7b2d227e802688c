// The run queue of one core: EEVDF (earliest eligible virtual deadline first), as Linux has had it
// since 6.6, for threads of equal weight.
//
// A thread is eligible when its virtual time is not ahead of the average of all that compete. The
// waiting threads lie in two heaps, by deadline those that were eligible when last looked at, by
// virtual time the others; a thread changes heaps when the average has passed it, either way. So
// every operation takes O(log n), amortised.
//
// Source: Linux kernel/sched/fair.c (6.12 to 6.18): avg_vruntime, entity_eligible, pick_eevdf,
// place_entity, update_deadline, set_protect_slice, DELAY_DEQUEUE; Stoica and Abdel-Wahab 1995.
// Left out: weights, group scheduling, short-slice preemption, the half slice of a new task.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/os/thread.hpp"

namespace gilsim::model {

class RunQueue {
 public:
  explicit RunQueue(sim::Duration slice, sim::Duration tick);

  // Virtual time of `thread`, new or waking, for a core whose running thread is `current` (may be
  // null): it keeps the lag that it blocked with.
  void place(Thread& thread, const Thread* current);
  void add(Thread& thread);

  // Who should have the core: `current` while it is eligible and its slice is protected, else the
  // eligible thread with the earliest deadline, taken out of the queue.
  Thread* take_if_better(Thread& current);
  // The next to run when the core is free, taken out; nullptr when none waits.
  Thread* take_next();

  // `thread` gets the core: its slice is protected until its deadline (RUN_TO_PARITY).
  void begin_slice(const Thread& thread) { protected_until_ = thread.deadline; }
  // Charges `ran` to the running thread.
  void charge(Thread& current, sim::Duration ran) {
    current.vruntime += ran.count();
    last_average_ = current.vruntime;
    if (current.vruntime >= current.deadline) current.deadline = current.vruntime + slice_;
  }
  // True when the running thread has no claim to go on undisturbed.
  bool slice_is_over(const Thread& current) const { return current.vruntime >= protected_until_; }
  // Notes the lag of a thread that leaves the queue: `current` blocks, or one that waits is moved.
  void note_lag(Thread& leaving, const Thread* current) const {
    const std::int64_t lag = average(current) - leaving.vruntime;
    leaving.lag = std::clamp(lag, -lag_limit_, lag_limit_);
  }
  // A blocked thread that still owes the queue virtual time (its dequeue is delayed).
  bool still_owes(const Thread& blocked, const Thread* current) const {
    return blocked.owes && (current || waiting() > 0) && blocked.vruntime > average(current);
  }

  std::size_t waiting() const { return waiting_; }

 private:
  struct Entry {
    std::int64_t key;
    std::uint64_t order;  // of arrival, among equal keys
    Thread* thread;
    bool operator<(const Entry& other) const {  // std's heaps have the greatest on top
      return key != other.key ? key > other.key : order > other.order;
    }
  };
  using Heap = std::vector<Entry>;

  // The average virtual time of all that compete, `current` included.
  std::int64_t average(const Thread* current) const {
    if (waiting_ == 0) return current ? current->vruntime : last_average_;
    return average_with_waiting(current);
  }
  std::int64_t average_with_waiting(const Thread* current) const;
  // Puts the eligible thread with the earliest deadline on top of `eligible_`; false: none is.
  bool find_eligible(std::int64_t now);
  Thread* take_top();
  Thread* take_only();  // the one that waits

  std::int64_t slice_;
  std::int64_t lag_limit_;
  std::int64_t last_average_ = 0;
  std::int64_t protected_until_ = 0;  // virtual time of the running thread
  std::int64_t origin_ = 0;           // sum_ is of vruntime - origin_ over the waiting threads
  std::int64_t sum_ = 0;
  std::size_t waiting_ = 0;
  std::uint64_t arrivals_ = 0;
  Heap eligible_;  // by deadline
  Heap ahead_;     // by virtual time
};

}  // namespace gilsim::model
