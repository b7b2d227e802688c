#include "host/trace/lock_history.hpp"

#include <algorithm>

namespace gilsim::trace {

LockHistory::LockHistory(std::uint32_t image, std::uint16_t lock,
                         std::vector<ThreadSummary>& threads)
    : threads_(threads) {
  summary_.image = image;
  summary_.lock = lock;
}

std::vector<LockHistory::Waiter>::iterator LockHistory::find(std::uint32_t thread) {
  return std::find_if(waiters_.begin(), waiters_.end(),
                      [&](const Waiter& waiter) { return waiter.thread == thread; });
}

void LockHistory::request(std::uint32_t thread, std::uint64_t time) {
  forget(thread, time);
  waiters_.push_back({thread, time, time, 0});
}

void LockHistory::timeout(std::uint32_t thread, std::uint64_t time) {
  const auto waiter = find(thread);
  if (waiter == waiters_.end()) return;
  if (holder_.has_value() && waiter->interval_began >= switched_) is_asked_for_ = true;
  waiter->interval_began = waiter->timed_out = time;
}

void LockHistory::woken(std::uint32_t thread, std::uint64_t time) {
  const auto waiter = find(thread);
  if (waiter != waiters_.end()) waiter->interval_began = time;
}

void LockHistory::take(std::uint32_t thread, std::uint64_t time) {
  if (holder_.has_value()) {
    ++summary_.overlaps;
    drop(*holder_, time);
  }
  ThreadSummary& taker = threads_[thread];
  const auto waiter = find(thread);
  const bool waited = waiter != waiters_.end();
  if (dropped_.has_value() && !dropped_->taker.has_value()) {
    if (!waiters_.empty()) summary_.gap.add(time - dropped_->time);
    dropped_->taker = thread;
    dropped_->taker_was_waiting = waited && waiter->since <= dropped_->time;
    if (dropped_->is_forced) count_forced();
  }
  if (waited) {
    ++taker.waits;
    taker.waited += time - waiter->since;
    taker.wait_times.add(time - waiter->since);
    waiters_.erase(waiter);
  }
  ++taker.takes;
  ++summary_.takes;
  if (last_holder_ != thread) {
    if (last_holder_.has_value()) ++summary_.handovers;
    switched_ = time;
  }
  is_asked_for_ = false;
  holder_ = last_holder_ = thread;
  taken_ = time;
}

void LockHistory::charge_waiters(std::uint64_t time) {
  if (waiters_.empty()) return;
  summary_.contended += time - std::max(taken_, waiters_.front().since);
  for (const Waiter& waiter : waiters_) {
    threads_[waiter.thread].waited_for[*holder_] += time - std::max(taken_, waiter.since);
  }
}

void LockHistory::drop(std::uint32_t thread, std::uint64_t time) {
  if (holder_ != thread) return;
  charge_waiters(time);
  const std::uint64_t tenure = time - taken_;
  threads_[thread].held += tenure;
  summary_.held += tenure;
  summary_.tenure.add(tenure);
  holder_.reset();
  dropped_ = Dropped{thread, time, tenure, {}, {}, false, {}, false};
  if (is_asked_for_) mark_forced();
  if (waiters_.empty()) return;
  dropped_->oldest = waiters_.front().thread;
  const auto last =
      std::max_element(waiters_.begin(), waiters_.end(),
                       [](const Waiter& a, const Waiter& b) { return a.timed_out < b.timed_out; });
  if (last->timed_out >= taken_) dropped_->requester = last->thread;
}

void LockHistory::forced(std::uint32_t thread) {
  if (!dropped_.has_value() || dropped_->thread != thread || dropped_->is_forced) return;
  mark_forced();
  if (dropped_->taker.has_value()) count_forced();
}

void LockHistory::mark_forced() {
  dropped_->is_forced = true;
  ++threads_[dropped_->thread].forced_drops;
  summary_.forced_tenure.add(dropped_->tenure);
}

void LockHistory::count_forced() {
  if (dropped_->taker == dropped_->oldest) {
    ++summary_.forced_to_oldest;
  } else if (dropped_->taker_was_waiting) {
    ++summary_.forced_stolen;
    if (dropped_->taker == dropped_->requester) ++summary_.stolen_by_requester;
  } else {
    ++summary_.forced_barged;
  }
}

void LockHistory::forget(std::uint32_t thread, std::uint64_t time) {
  const auto waiter = find(thread);
  if (waiter == waiters_.end()) return;
  threads_[thread].waited += time - waiter->since;
  waiters_.erase(waiter);
}

void LockHistory::finish(std::uint64_t time) {
  if (holder_.has_value()) {
    charge_waiters(time);
    threads_[*holder_].held += time - taken_;
    summary_.held += time - taken_;
  }
  for (const Waiter& waiter : waiters_) threads_[waiter.thread].waited += time - waiter.since;
}

}  // namespace gilsim::trace
