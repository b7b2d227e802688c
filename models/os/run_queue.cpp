#include "models/os/run_queue.hpp"

#include <algorithm>

namespace gilsim::model {

RunQueue::RunQueue(sim::Duration slice, sim::Duration tick)
    : slice_(slice.count()), lag_limit_(std::max(2 * slice.count(), tick.count())) {}

std::int64_t RunQueue::average(const Thread* current) const {
  const Thread* any = current ? current : (waiting_.empty() ? nullptr : waiting_.front());
  if (!any) return last_average_;
  const std::int64_t origin = any->vruntime;
  std::int64_t sum = 0;
  for (const Thread* t : waiting_) sum += t->vruntime - origin;
  const auto count = static_cast<std::int64_t>(waiting_.size()) + (current ? 1 : 0);
  // Rounded down, as avg_vruntime() does, so that the left-most thread is always eligible.
  std::int64_t mean = sum / count;
  if (sum % count < 0) --mean;
  return origin + mean;
}

void RunQueue::place(Thread& thread, const Thread* current) {
  const std::int64_t now = average(current);
  const auto competitors = static_cast<std::int64_t>(waiting_.size()) + (current ? 1 : 0);
  // The newcomer moves the average itself; scaled so that its lag is kept afterwards.
  const std::int64_t lag =
      competitors > 0 ? thread.lag * (competitors + 1) / competitors : std::int64_t{0};
  thread.vruntime = now - lag;
  thread.deadline = thread.vruntime + slice_;
  thread.owes = false;
}

void RunQueue::remove(Thread& thread) {
  waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &thread));
}

Thread* RunQueue::earliest_eligible(std::int64_t now) const {
  Thread* best = nullptr;
  for (Thread* t : waiting_) {
    if (t->vruntime <= now && (!best || t->deadline < best->deadline)) best = t;
  }
  return best;
}

Thread* RunQueue::pick(Thread& current) const {
  const std::int64_t now = average(&current);
  const bool eligible = current.vruntime <= now;
  if (eligible && !slice_is_over(current)) return &current;
  Thread* best = earliest_eligible(now);
  if (!best || (eligible && current.deadline <= best->deadline)) return &current;
  return best;
}

Thread* RunQueue::take_next() {
  last_average_ = average(nullptr);
  Thread* best = earliest_eligible(last_average_);
  if (best) remove(*best);
  return best;
}

void RunQueue::charge(Thread& current, sim::Duration ran) {
  current.vruntime += ran.count();
  last_average_ = current.vruntime;
  if (current.vruntime >= current.deadline) current.deadline = current.vruntime + slice_;
}

void RunQueue::note_lag(Thread& leaving, const Thread* current) {
  const std::int64_t lag = average(current) - leaving.vruntime;
  leaving.lag = std::clamp(lag, -lag_limit_, lag_limit_);
}

bool RunQueue::still_owes(const Thread& blocked, const Thread* current) const {
  return blocked.owes && (current || !waiting_.empty()) && blocked.vruntime > average(current);
}

}  // namespace gilsim::model
