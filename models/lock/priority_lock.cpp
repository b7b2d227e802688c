#include "models/lock/priority_lock.hpp"

namespace gilsim::model {

std::optional<CpuRequest> PriorityLock::take(LockSeat& seat) {
  if (holder_) {
    const bool outranks = computes(*holder_) && !computes(seat);
    const bool patient_enough =
        seat.stage == kWaiting && seat.timed_out && switches_ == seat.seen_switches;
    if (outranks || patient_enough) ask();
    return wait(seat);
  }
  acquire(seat);
  return std::nullopt;
}

void PriorityLock::ask() {
  drop_requested_ = true;
  make_holder_look();
}

CpuRequest PriorityLock::wait(LockSeat& seat) {
  begin_wait(seat);
  queue_of(seat).append(seat);
  machine_.wake_by_timer_in(*seat.thread, interval_);
  return CpuRequest::block();
}

void PriorityLock::timer_expired(LockSeat& seat) {
  seat.timed_out = true;
  queue_of(seat).remove(seat);
}

// Made to drop, it computes; on any other release it does I/O.
void PriorityLock::judge(const LockSeat& releasing) {
  computes_.assign(releasing.thread->id, dropping_);
  dropping_ = false;
}

bool PriorityLock::signal(const LockSeat& releasing) {
  judge(releasing);
  for (WaiterList& queue : waiting_) {
    if (queue.empty()) continue;
    machine_.wake(*queue.take_first().thread);
    return true;
  }
  return false;
}

}  // namespace gilsim::model
