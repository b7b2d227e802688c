// The run queue of one core: EEVDF (earliest eligible virtual deadline first), as Linux has had it
// since 6.6, for threads of equal weight.
//
// A thread is eligible when its virtual time is not ahead of the average of all that compete. The
// threads in the queue lie in two heaps, by deadline those that were eligible when last looked at,
// by virtual time the others; a thread changes heaps when the average has passed it, either way. So
// every operation takes O(log n), amortised.
//
// A thread that blocks while it isn't eligible stays in the queue, and competes, until its turn
// would come: then it is taken out, its debt paid (DELAY_DEQUEUE). Woken before, it goes on there.
//
// Source: Linux kernel/sched/fair.c (6.12 to 6.18): avg_vruntime, entity_eligible, pick_eevdf,
// place_entity, update_curr, update_deadline, set_protect_slice, check_preempt_wakeup_fair,
// requeue_delayed_entity; Stoica and Abdel-Wahab 1995.
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
  // `blocked` leaves the core with its lag negative: it stays in the queue.
  void delay(Thread& blocked);
  // A delayed thread is woken, and waits for the core now.
  void wake_delayed(Thread& thread, const Thread* current);
  // Takes a delayed thread out.
  void drop(Thread& thread);

  // Whether the core is to be rescheduled since `woken` was added.
  bool preempts(const Thread& current, const Thread& woken);
  // Who should have the core: `current` while it is eligible and its slice is protected, else the
  // eligible thread with the earliest deadline, taken out of the queue.
  Thread* take_if_better(Thread& current);
  // The next to run when the core is free, taken out; nullptr when none waits.
  Thread* take_next();
  // Among those that did not run after `time` the one that has waited longest, taken out; nullptr:
  // none.
  Thread* take_unless_ran_since(sim::Time time);

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

  // Threads that wait for the core, and with them those whose dequeue is delayed.
  std::size_t waiting() const { return size_ - delayed_; }
  std::size_t size() const { return size_; }

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
    if (size_ == 0) return current ? current->vruntime : last_average_;
    return average_of_all(current);
  }
  std::int64_t average_of_all(const Thread* current) const;
  // Puts the eligible thread with the earliest deadline on top of `eligible_`; false: none is.
  bool find_eligible(std::int64_t now);
  Thread* take_top();
  Thread* take_only();  // the only one
  void remove(Heap& heap, std::size_t at);
  void remove(const Thread& thread);
  bool is_waiting(Thread& taken);

  std::int64_t slice_;
  std::int64_t lag_limit_;
  std::int64_t last_average_ = 0;
  std::int64_t protected_until_ = 0;  // virtual time of the running thread
  std::int64_t origin_ = 0;           // sum_ is of vruntime - origin_ over the queue's threads
  std::int64_t sum_ = 0;
  std::size_t size_ = 0;
  std::size_t delayed_ = 0;  // of these
  std::uint64_t arrivals_ = 0;
  Heap eligible_;  // by deadline
  Heap ahead_;     // by virtual time
};

}  // namespace gilsim::model
