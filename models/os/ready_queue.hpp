// The threads that wait for one core, under the scheduler of the machine: EEVDF (run_queue.hpp) or,
// where it is asked for, CFS (cfs_queue.hpp).
#pragma once

#include <memory>

#include "models/os/cfs_queue.hpp"
#include "models/os/run_queue.hpp"

namespace gilsim::model {

class ReadyQueue {
 public:
  enum class Occasion { kWakeUp, kTick };

  // `cfs`: its parameters; nullptr: EEVDF.
  ReadyQueue(sim::Duration slice, sim::Duration tick, const CfsParameters* cfs)
      : eevdf_(slice, tick), cfs_(cfs ? std::make_unique<CfsQueue>(*cfs) : nullptr) {}

  void place(Thread& thread, const Thread* current) {
    cfs_ ? cfs_->place(thread) : eevdf_.place(thread, current);
  }
  void add(Thread& thread) { cfs_ ? cfs_->add(thread) : eevdf_.add(thread); }
  // Whether the core is to be rescheduled since `woken` was added.
  bool preempts(const Thread& current, const Thread& woken) {
    return cfs_ || eevdf_.preempts(current, woken);
  }
  // Who is to have the core instead of `current`, taken out of the queue.
  Thread* take_if_better(Thread& current, Occasion occasion) {
    if (!cfs_) {
      const bool keeps = occasion == Occasion::kTick && !eevdf_.slice_is_over(current);
      return keeps ? nullptr : eevdf_.take_if_better(current);
    }
    return occasion == Occasion::kTick ? cfs_->take_at_tick(current)
                                       : cfs_->take_at_wake_up(current);
  }
  Thread* take_next() { return cfs_ ? cfs_->take_next() : eevdf_.take_next(); }
  Thread* take_unless_ran_since(sim::Time time) {
    return cfs_ ? cfs_->take_unless_ran_since(time) : eevdf_.take_unless_ran_since(time);
  }

  void begin_slice(const Thread& thread) {
    cfs_ ? cfs_->begin_slice(thread) : eevdf_.begin_slice(thread);
  }
  void charge(Thread& current, sim::Duration ran) {
    cfs_ ? cfs_->charge(current, ran) : eevdf_.charge(current, ran);
  }
  void note_lag(Thread& leaving, const Thread* current) {
    if (!cfs_) eevdf_.note_lag(leaving, current);
  }
  // Those of EEVDF whose dequeue is delayed (run_queue.hpp).
  void delay(Thread& blocked) {
    if (!cfs_) eevdf_.delay(blocked);
  }
  void wake_delayed(Thread& thread, const Thread* current) { eevdf_.wake_delayed(thread, current); }
  void drop(Thread& thread) { eevdf_.drop(thread); }
  std::size_t waiting() const { return cfs_ ? cfs_->waiting() : eevdf_.waiting(); }
  bool empty() const { return (cfs_ ? cfs_->waiting() : eevdf_.size()) == 0; }

 private:
  RunQueue eevdf_;
  std::unique_ptr<CfsQueue> cfs_;
};

}  // namespace gilsim::model
