// The run queue of one core: EEVDF (earliest eligible virtual deadline first), as Linux has had it
// since 6.6, for threads of equal weight.
//
// Source: Linux kernel/sched/fair.c (6.12 to 6.18): avg_vruntime, entity_eligible, pick_eevdf,
// place_entity, update_deadline, set_protect_slice, DELAY_DEQUEUE; Stoica and Abdel-Wahab 1995.
// Left out: weights, group scheduling, short-slice preemption, the half slice of a new task.
#pragma once

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
  void add(Thread& thread) { waiting_.push_back(&thread); }
  void remove(Thread& thread);

  // Who should have the core: `current` while it is eligible and its slice is protected, else the
  // eligible thread with the earliest deadline. `current` must not be null.
  Thread* pick(Thread& current) const;
  // The next to run when the core is free; nullptr when none waits. Removes it.
  Thread* take_next();

  // `thread` gets the core: its slice is protected until its deadline (RUN_TO_PARITY).
  static void begin_slice(Thread& thread) { thread.protected_until = thread.deadline; }
  // Charges `ran` to the running thread.
  void charge(Thread& current, sim::Duration ran);
  // True when the running thread has no claim to go on undisturbed.
  static bool slice_is_over(const Thread& current) {
    return current.vruntime >= current.protected_until;
  }
  // Notes the lag of a thread that leaves the queue: `current` blocks, or one that waits is moved.
  void note_lag(Thread& leaving, const Thread* current);
  // A blocked thread that still owes the queue virtual time (its dequeue is delayed).
  bool still_owes(const Thread& blocked, const Thread* current) const;

  std::size_t waiting() const { return waiting_.size(); }

 private:
  // The average virtual time of all that compete, `current` included.
  std::int64_t average(const Thread* current) const;
  Thread* earliest_eligible(std::int64_t now) const;

  std::int64_t slice_;
  std::int64_t lag_limit_;
  std::int64_t last_average_ = 0;
  std::vector<Thread*> waiting_;
};

}  // namespace gilsim::model
