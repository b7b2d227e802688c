#include "models/lock/scheduler_lock.hpp"

#include <algorithm>

namespace gilsim::model {

SchedulerLock::Share& SchedulerLock::share_of(const LockSeat& seat) {
  if (seat.thread->id >= shares_.size()) shares_.resize(seat.thread->id + 1);
  return shares_[seat.thread->id];
}

sim::Duration SchedulerLock::ran_since(const LockSeat& seat) {
  return std::min(machine_.now() - share_of(seat).since, kSlice);
}

bool SchedulerLock::is_more_urgent(const LockSeat& seat, const LockSeat& than) {
  const sim::Duration other = share_of(than).deadline;
  return share_of(seat).deadline <= other && other >= python_time_;
}

std::optional<CpuRequest> SchedulerLock::take(LockSeat& seat) {
  switch (seat.stage) {
    case kIdle:
      ask_for_turn(seat);
      if (turn_ == &seat) break;
      books_.begins_to_wait(machine_.now());
      waiting_.push_back(&seat);
      return sleep(seat);
    case kWaiting:
      if (turn_ != &seat) {
        if (seat.timed_out) {
          look_at_slice_ = true;
          make_holder_look();
        }
        return sleep(seat);
      }
      if (yielded_ && !is_more_urgent(seat, *yielded_) && share_of(seat).deadline >= python_time_) {
        seat.stage = kSpinning;
        return CpuRequest::compute(kSpin);
      }
      break;
    default:
      if (turn_ != &seat) return sleep(seat);
      break;
  }
  acquire(seat);
  return std::nullopt;
}

void SchedulerLock::ask_for_turn(LockSeat& seat) {
  Share& own = share_of(seat);
  if (own.slice <= sim::Duration{}) {
    own.slice = kSlice;
    own.deadline = python_time_ + kDeadline;
  }
  if (!turn_) {
    turn_ = &seat;
    return;
  }
  const bool urgent = is_more_urgent(seat, *turn_);
  if (urgent && yielded_) {  // the one whose turn it is has not taken over yet
    turn_ = &seat;
    return;
  }
  (urgent ? preempt_ : look_at_slice_) = true;
  make_holder_look();
}

// The longer the queue, the rarer are looks at the holder's slice.
CpuRequest SchedulerLock::sleep(LockSeat& seat) {
  seat.stage = kWaiting;
  seat.timed_out = false;
  share_of(seat).asleep = true;
  const auto waiters = static_cast<std::int64_t>(waiting_.size());
  machine_.wake_by_timer_in(*seat.thread, kSlice * waiters * 55 / 100);
  return CpuRequest::block();
}

void SchedulerLock::timer_expired(LockSeat& seat) {
  seat.timed_out = true;
  share_of(seat).asleep = false;
}

// Told to look before it was in bytecode: it looks soon after it is.
sim::Duration SchedulerLock::stretch(const LockSeat& seat, sim::Duration wanted) {
  const sim::Duration most = InterpreterLock::stretch(seat, wanted);
  return preempt_ || look_at_slice_ ? std::min(most, notice_) : most;
}

void SchedulerLock::make_holder_look() { machine_.interrupt(*turn_->thread, notice_); }

void SchedulerLock::acquire(LockSeat& seat) {
  books_.takes(machine_.now(), seat.stage != kIdle);
  if (seat.stage != kIdle) waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &seat));
  seat.stage = kIdle;
  yielded_ = nullptr;
  if (parked_) {
    machine_.wake(*parked_->thread);
    parked_ = nullptr;
  }
  share_of(seat).since = machine_.now();
  if (last_holder_ == &seat) return;
  last_holder_ = &seat;
  ++handovers_;
}

bool SchedulerLock::must_drop(const LockSeat& seat) {
  Share& own = share_of(seat);
  const bool depleted = look_at_slice_ && own.slice <= ran_since(seat);
  look_at_slice_ = false;
  own.preempted = preempt_ || depleted;
  return own.preempted;
}

std::optional<CpuRequest> SchedulerLock::release(LockSeat& seat) {
  Share& own = share_of(seat);
  switch (seat.stage) {
    case kIdle: {
      books_.lets_go(machine_.now());
      const sim::Duration ran = ran_since(seat);
      python_time_ += ran;
      own.slice -= ran;
      if (!own.preempted) yielded_ = &seat;
      own.preempted = preempt_ = look_at_slice_ = false;
      choose_next();
      seat.stage = kSignalling;
      if (turn_ && share_of(*turn_).asleep) {
        share_of(*turn_).asleep = false;
        machine_.wake(*turn_->thread);
      }
      return CpuRequest::compute({});  // pays for this and earlier wake-ups before it may park
    }
    case kSignalling:
      break;
    default:
      seat.stage = kIdle;
      return std::nullopt;
  }
  if (must_park(seat)) {
    seat.stage = kParked;
    parked_ = &seat;
    return CpuRequest::block();
  }
  seat.stage = kIdle;
  return std::nullopt;
}

void SchedulerLock::choose_next() {
  turn_ = nullptr;
  for (LockSeat* const candidate : waiting_) {
    if (!turn_ || share_of(*candidate).deadline < share_of(*turn_).deadline) turn_ = candidate;
    if (share_of(*turn_).deadline <= python_time_) return;
  }
}

bool SchedulerLock::must_park(LockSeat& seat) {
  if (!turn_ || parked_ || last_holder_ != &seat) return false;
  const Share& own = share_of(seat);
  const sim::Duration next = share_of(*turn_).deadline;
  return own.slice <= sim::Duration{} || next < python_time_ || own.deadline >= next;
}

}  // namespace gilsim::model
