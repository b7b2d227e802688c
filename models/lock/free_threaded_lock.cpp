#include "models/lock/free_threaded_lock.hpp"

#include <algorithm>

namespace gilsim::model {

std::optional<CpuRequest> FreeThreadedLock::take(LockSeat& seat) {
  if (collector_) {
    seat.stage = kAttaching;
    waiting_.append(seat);
    return CpuRequest::block();
  }
  seat.stage = kIdle;
  attached_.push_back(&seat);
  return std::nullopt;
}

std::optional<CpuRequest> FreeThreadedLock::release(LockSeat& seat) {
  if (seat.stage == kLeaving) {
    seat.stage = kIdle;
    return std::nullopt;
  }
  if (!leave(seat)) return std::nullopt;
  seat.stage = kLeaving;
  return CpuRequest::compute({});
}

bool FreeThreadedLock::leave(const LockSeat& seat) {
  attached_.erase(std::find(attached_.begin(), attached_.end(), &seat));
  if (!collector_ || attached_.size() > 1) return false;
  machine_.wake(*collector_->thread);
  return true;
}

std::optional<CpuRequest> FreeThreadedLock::pending(LockSeat& seat) {
  switch (seat.stage) {
    case kStopping:  // all others have stopped
      seat.stage = kCollecting;
      return CpuRequest::compute(collections_.pause());
    case kCollecting:
      seat.stage = kIdle;
      start_the_world();
      break;
    case kLeaving:  // has paid for waking the collector
      seat.stage = kSuspended;
      waiting_.append(seat);
      return CpuRequest::block();
    case kSuspended:
    case kAttaching:
      return take(seat);
    default:
      break;
  }
  if (collector_) {
    const bool woke = leave(seat);
    seat.stage = woke ? kLeaving : kSuspended;
    if (woke) return CpuRequest::compute({});
    waiting_.append(seat);
    return CpuRequest::block();
  }
  return collections_.is_due() ? stop_the_world(seat) : std::nullopt;
}

std::optional<CpuRequest> FreeThreadedLock::stop_the_world(LockSeat& seat) {
  collector_ = &seat;
  for (const LockSeat* const other : attached_) {
    if (other != &seat) machine_.interrupt(*other->thread, notice_);
  }
  seat.stage = kStopping;
  return attached_.size() > 1 ? CpuRequest::block() : pending(seat);
}

void FreeThreadedLock::start_the_world() {
  collections_.made();
  collector_ = nullptr;
  while (!waiting_.empty()) machine_.wake(*waiting_.take_first().thread);
}

sim::Duration FreeThreadedLock::stretch(const LockSeat&, sim::Duration wanted) {
  if (collector_) return std::min(wanted, notice_);
  return collections_.before_next(wanted, static_cast<int>(attached_.size()));
}

}  // namespace gilsim::model
