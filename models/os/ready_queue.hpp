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
  // Who is to have the core instead of `current`, taken out of the queue.
  Thread* take_if_better(Thread& current, Occasion occasion) {
    if (!cfs_) return eevdf_.take_if_better(current);
    return occasion == Occasion::kTick ? cfs_->take_at_tick(current)
                                       : cfs_->take_at_wake_up(current);
  }
  Thread* take_next() { return cfs_ ? cfs_->take_next() : eevdf_.take_next(); }

  void begin_slice(const Thread& thread) {
    cfs_ ? cfs_->begin_slice(thread) : eevdf_.begin_slice(thread);
  }
  void charge(Thread& current, sim::Duration ran) {
    cfs_ ? cfs_->charge(current, ran) : eevdf_.charge(current, ran);
  }
  // With nobody better about, a new slice begins where this is true.
  bool slice_is_over(const Thread& current) const { return !cfs_ && eevdf_.slice_is_over(current); }
  void note_lag(Thread& leaving, const Thread* current) {
    if (!cfs_) eevdf_.note_lag(leaving, current);
  }
  bool still_owes(const Thread& blocked, const Thread* current) const {
    return !cfs_ && eevdf_.still_owes(blocked, current);
  }
  std::size_t waiting() const { return cfs_ ? cfs_->waiting() : eevdf_.waiting(); }

 private:
  RunQueue eevdf_;
  std::unique_ptr<CfsQueue> cfs_;
};

}  // namespace gilsim::model
