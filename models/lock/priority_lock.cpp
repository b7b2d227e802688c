#include "models/lock/priority_lock.hpp"

namespace gilsim::model {

bool PriorityLock::computes(const LockSeat& seat) const {
  return seat.thread->id < computes_.size() && computes_[seat.thread->id];
}

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
  machine_.interrupt(*holder_->thread, notice_);
}

CpuRequest PriorityLock::wait(LockSeat& seat) {
  if (seat.stage == kIdle) books_.begins_to_wait(machine_.now());
  seat.stage = kWaiting;
  seat.timed_out = false;
  seat.seen_switches = switches_;
  queue_of(seat).append(seat);
  machine_.wake_by_timer_in(*seat.thread, interval_);
  return CpuRequest::block();
}

void PriorityLock::timer_expired(LockSeat& seat) {
  seat.timed_out = true;
  queue_of(seat).remove(seat);
}

void PriorityLock::acquire(LockSeat& seat) {
  books_.takes(machine_.now(), seat.stage != kIdle);
  seat.stage = kIdle;
  holder_ = &seat;
  if (last_holder_ != &seat) {
    last_holder_ = &seat;
    ++switches_;
    ++handovers_;
  }
  if (!awaiting_switch_.empty()) machine_.wake(*awaiting_switch_.take_first().thread);
  drop_requested_ = false;
}

// Made to drop, it computes; on any other release it does I/O.
void PriorityLock::judge(const LockSeat& releasing) {
  if (releasing.thread->id >= computes_.size()) computes_.resize(releasing.thread->id + 1U);
  computes_[releasing.thread->id] = dropping_;
  dropping_ = false;
}

std::optional<CpuRequest> PriorityLock::release(LockSeat& seat) {
  switch (seat.stage) {
    case kIdle:
      judge(seat);
      books_.lets_go(machine_.now());
      holder_ = nullptr;
      last_holder_ = &seat;
      seat.stage = kSignalling;
      if (signal()) return CpuRequest::compute({});  // pays for the wake-up
      break;
    case kAwaitingSwitch:
      seat.stage = kIdle;
      return std::nullopt;
    default:
      break;
  }
  if (drop_requested_ && last_holder_ == &seat) {
    drop_requested_ = false;
    seat.stage = kAwaitingSwitch;
    awaiting_switch_.append(seat);
    return CpuRequest::block();
  }
  seat.stage = kIdle;
  return std::nullopt;
}

bool PriorityLock::signal() {
  for (WaiterList& queue : waiting_) {
    if (queue.empty()) continue;
    machine_.wake(*queue.take_first().thread);
    return true;
  }
  return false;
}

}  // namespace gilsim::model
