// The timers that were armed on one core, in the order in which they expire. A timer may expire
// anywhere between its time and its time plus slack, and interrupts at the end of that; who is
// within its own slack by then expires in the same interrupt. So threads that wait equally long
// end up woken together.
//
// Source: Linux kernel/time/hrtimer.c, __hrtimer_run_queues() (soft and hard expiry).
// Left out: other interrupts that find a timer within its slack; a timer that expires before those
// armed last (kMostSteps): it is not in the list, and expires alone.
#pragma once

#include "models/os/thread.hpp"

namespace gilsim::model {

class CoreTimers {
 public:
  // The thread's event is scheduled for the end of its slack.
  void add(Thread& thread) {
    Thread* before = last_;
    for (int steps = 0; before && before->event.time > thread.event.time; ++steps) {
      if (steps == kMostSteps) return;
      before = before->timer.previous;
    }
    thread.timer.previous = before;
    thread.timer.next = before ? before->timer.next : first_;
    thread.timer.listed = true;
    (thread.timer.next ? thread.timer.next->timer.previous : last_) = &thread;
    (before ? before->timer.next : first_) = &thread;
  }
  void remove(Thread& thread) {
    if (!thread.timer.listed) return;
    thread.timer.listed = false;
    Thread* const previous = thread.timer.previous;
    Thread* const next = thread.timer.next;
    (previous ? previous->timer.next : first_) = next;
    (next ? next->timer.previous : last_) = previous;
  }
  // The next one, if its time has come by `now`; nullptr: not yet.
  Thread* first_due(sim::Time now, sim::Duration slack) const {
    return first_ && first_->event.time - slack <= now ? first_ : nullptr;
  }

 private:
  static constexpr int kMostSteps = 8;

  Thread* first_ = nullptr;
  Thread* last_ = nullptr;
};

}  // namespace gilsim::model
