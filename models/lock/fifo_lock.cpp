#include "models/lock/fifo_lock.hpp"

namespace gilsim::model {

std::optional<CpuRequest> FifoLock::take(LockSeat& seat) {
  if (seat.stage == kIdle) {
    if (holder_) {
      books_.begins_to_wait(machine_.now());
      waiting_.append(seat);
      return sleep(seat);
    }
    give_to(seat);
  }
  if (holder_ == &seat) {
    books_.takes(machine_.now(), seat.stage != kIdle);
    seat.stage = kIdle;
    drop_requested_ = false;  // made while it was on its way
    return std::nullopt;
  }
  if (seat.timed_out && switches_ == seat.seen_switches) {
    drop_requested_ = true;
    machine_.interrupt(*holder_->thread, notice_);
  }
  return sleep(seat);
}

CpuRequest FifoLock::sleep(LockSeat& seat) {
  seat.stage = kWaiting;
  seat.timed_out = false;
  seat.seen_switches = switches_;
  machine_.wake_by_timer_in(*seat.thread, interval_);
  return CpuRequest::block();
}

void FifoLock::give_to(LockSeat& seat) {
  holder_ = &seat;
  if (last_holder_ == &seat) return;
  last_holder_ = &seat;
  ++switches_;
  ++handovers_;
}

std::optional<CpuRequest> FifoLock::release(LockSeat& seat) {
  if (seat.stage == kWaking) {
    seat.stage = kIdle;
    return std::nullopt;
  }
  books_.lets_go(machine_.now());
  holder_ = nullptr;
  drop_requested_ = false;
  if (waiting_.empty()) return std::nullopt;
  LockSeat& next = waiting_.take_first();
  give_to(next);
  if (next.timed_out) return std::nullopt;  // awake already, about to look at the lock
  machine_.wake(*next.thread);
  seat.stage = kWaking;
  return CpuRequest::compute({});  // pays for the wake-up
}

}  // namespace gilsim::model
