#include "models/os/cfs_queue.hpp"

#include <algorithm>

namespace gilsim::model {

void CfsQueue::place(Thread& thread) {
  const std::int64_t latency = parameters_.latency.count();
  if (thread.queue == nullptr) {  // new: it begins with a debt of one slice
    thread.vruntime = least_ + slice_of(waiting() + 1);
  } else {
    const std::int64_t ahead = thread.vruntime - thread.queue->least_;
    thread.vruntime = least_ + std::max(ahead, -latency / 2);
  }
  thread.queue = this;
  thread.owes = false;
}

void CfsQueue::add(Thread& thread) {
  waiting_.push_back({thread.vruntime, arrivals_++, &thread});
  std::push_heap(waiting_.begin(), waiting_.end());
  last_added_ = &thread;
}

Thread* CfsQueue::take_next() {
  if (waiting_.empty()) return nullptr;
  std::pop_heap(waiting_.begin(), waiting_.end());
  Thread* const next = waiting_.back().thread;
  waiting_.pop_back();
  advance_to(next->vruntime);
  return next;
}

// As detach_tasks() does, but that gives up after 32.
Thread* CfsQueue::take_unless_ran_since(sim::Time time) {
  auto oldest = waiting_.end();
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (it->thread->ran_after(time)) continue;
    if (oldest == waiting_.end() || it->thread->resumed < oldest->thread->resumed ||
        (it->thread->resumed == oldest->thread->resumed && it->order < oldest->order)) {
      oldest = it;
    }
  }
  if (oldest == waiting_.end()) return nullptr;
  Thread* const taken = oldest->thread;
  *oldest = waiting_.back();
  waiting_.pop_back();
  std::make_heap(waiting_.begin(), waiting_.end());
  return taken;
}

Thread* CfsQueue::take_at_tick(Thread& current) {
  if (waiting_.empty()) return nullptr;
  const std::int64_t slice = slice_of(waiting() + 1);
  const std::int64_t ran = current.vruntime - began_;
  if (ran > slice) return take_next();
  if (ran < parameters_.min_granularity.count()) return nullptr;
  const std::int64_t ahead = current.vruntime - waiting_.front().vruntime;
  return ahead > slice ? take_next() : nullptr;
}

Thread* CfsQueue::take_at_wake_up(Thread& current) {
  if (waiting_.empty() || last_added_ == nullptr) return nullptr;
  const std::int64_t behind = current.vruntime - last_added_->vruntime;
  last_added_ = nullptr;
  return behind > parameters_.wakeup_granularity.count() ? take_next() : nullptr;
}

void CfsQueue::charge(Thread& current, sim::Duration ran) {
  current.vruntime += ran.count();
  advance_to(waiting_.empty() ? current.vruntime
                              : std::min(current.vruntime, waiting_.front().vruntime));
}

// The latency is shared out; with too many threads for that each has the granularity.
std::int64_t CfsQueue::slice_of(std::size_t threads) const {
  const auto count = static_cast<std::int64_t>(threads);
  return std::max(parameters_.latency.count() / count, parameters_.min_granularity.count());
}

void CfsQueue::advance_to(std::int64_t vruntime) { least_ = std::max(least_, vruntime); }

}  // namespace gilsim::model
