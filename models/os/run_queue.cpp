#include "models/os/run_queue.hpp"

#include <algorithm>

namespace gilsim::model {
namespace {

constexpr std::int64_t kFarFromOrigin = std::int64_t{1}
                                        << 33;  // keeps the sum of 1e9 threads small

constexpr std::size_t kLarge = 4096;  // entries: a crowd that has gone leaves no memory behind

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

template <class Heap>
typename Heap::value_type pop(Heap& heap) {
  std::pop_heap(heap.begin(), heap.end());
  auto top = heap.back();
  heap.pop_back();
  if (heap.capacity() > kLarge && heap.size() < heap.capacity() / 4) heap.shrink_to_fit();
  return top;
}

template <class Heap>
void push(Heap& heap, typename Heap::value_type entry) {
  heap.push_back(entry);
  std::push_heap(heap.begin(), heap.end());
}

}  // namespace

RunQueue::RunQueue(sim::Duration slice, sim::Duration tick)
    : slice_(slice.count()), lag_limit_(std::max(2 * slice.count(), tick.count())) {}

// Rounded down, as avg_vruntime() does, so that the thread furthest behind is always eligible.
std::int64_t RunQueue::average_of_all(const Thread* current) const {
  const auto count = static_cast<std::int64_t>(size_) + (current ? 1 : 0);
  const std::int64_t sum = sum_ + (current ? current->vruntime - origin_ : 0);
  return origin_ + floor_divide(sum, count);
}

void RunQueue::place(Thread& thread, const Thread* current) {
  const std::int64_t now = average(current);
  const auto competitors = static_cast<std::int64_t>(size_) + (current ? 1 : 0);
  // The newcomer moves the average itself; scaled so that its lag is kept afterwards.
  const std::int64_t lag =
      competitors > 0 ? thread.lag * (competitors + 1) / competitors : std::int64_t{0};
  thread.vruntime = now - lag;
  thread.deadline = thread.vruntime + slice_;
  thread.owes = false;
}

void RunQueue::add(Thread& thread) {
  if (size_++ == 0) {
    origin_ = thread.vruntime;
    sum_ = 0;
  }
  sum_ += thread.vruntime - origin_;
  push(ahead_, {thread.vruntime, arrivals_++, &thread});
  const auto count = static_cast<std::int64_t>(size_);
  if (sum_ > kFarFromOrigin * count || sum_ < -kFarFromOrigin * count) {
    const std::int64_t mean = floor_divide(sum_, count);
    origin_ += mean;
    sum_ -= mean * count;
  }
}

bool RunQueue::find_eligible(std::int64_t now) {
  while (!ahead_.empty() && ahead_.front().key <= now) {
    Entry entry = pop(ahead_);
    entry.key = entry.thread->deadline;
    push(eligible_, entry);
  }
  while (!eligible_.empty() && eligible_.front().thread->vruntime > now) {
    Entry entry = pop(eligible_);
    entry.key = entry.thread->vruntime;
    push(ahead_, entry);
  }
  return !eligible_.empty();
}

Thread* RunQueue::take_top() {
  Thread* const best = pop(eligible_).thread;
  sum_ -= best->vruntime - origin_;
  --size_;
  return best;
}

// It is the average, and so eligible.
Thread* RunQueue::take_only() {
  Heap& heap = eligible_.empty() ? ahead_ : eligible_;
  Thread* const only = heap.front().thread;
  heap.clear();
  size_ = 0;
  last_average_ = only->vruntime;
  return only;
}

void RunQueue::delay(Thread& blocked) {
  blocked.owes = true;
  ++delayed_;
  add(blocked);
}

// What has become eligible meanwhile is level with the others, and no further behind.
void RunQueue::wake_delayed(Thread& thread, const Thread* current) {
  thread.owes = false;
  --delayed_;
  if (thread.vruntime >= average(current)) return;
  remove(thread);
  thread.lag = 0;
  place(thread, current);
  add(thread);
}

void RunQueue::drop(Thread& thread) {
  remove(thread);
  thread.owes = false;
  thread.lag = 0;
  --delayed_;
}

// Of one that was picked: a delayed thread has paid its debt, and is out.
bool RunQueue::is_waiting(Thread& taken) {
  if (!taken.owes) return true;
  taken.owes = false;
  taken.lag = 0;
  --delayed_;
  return false;
}

bool RunQueue::preempts(const Thread& current, const Thread& woken) {
  if (slice_is_over(current)) return true;
  const std::int64_t now = average(&current);
  if (current.vruntime <= now) return false;
  return find_eligible(now) && eligible_.front().thread == &woken;
}

Thread* RunQueue::take_if_better(Thread& current) {
  for (;;) {
    const std::int64_t now = average(&current);
    const bool is_eligible = current.vruntime <= now;
    if (is_eligible && !slice_is_over(current)) return nullptr;
    if (!find_eligible(now)) return nullptr;
    if (is_eligible && current.deadline <= eligible_.front().key) return nullptr;
    Thread* const best = take_top();
    if (is_waiting(*best)) return best;
  }
}

Thread* RunQueue::take_next() {
  while (size_ > 0) {
    Thread* next = nullptr;
    if (size_ == 1) {
      next = take_only();
    } else {
      last_average_ = average(nullptr);
      if (!find_eligible(last_average_)) return nullptr;
      next = take_top();
    }
    if (is_waiting(*next)) return next;
  }
  return nullptr;
}

void RunQueue::remove(Heap& heap, std::size_t at) {
  sum_ -= heap[at].thread->vruntime - origin_;
  --size_;
  heap[at] = heap.back();
  heap.pop_back();
  std::make_heap(heap.begin(), heap.end());
}

void RunQueue::remove(const Thread& thread) {
  for (Heap* heap : {&eligible_, &ahead_}) {
    for (std::size_t i = 0; i < heap->size(); ++i) {
      if ((*heap)[i].thread == &thread) return remove(*heap, i);
    }
  }
}

// As detach_tasks() does, but that gives up after 32.
Thread* RunQueue::take_unless_ran_since(sim::Time time) {
  Heap* heap = nullptr;
  std::size_t at = 0;
  const auto is_older = [](const Entry& a, const Entry& b) {
    return a.thread->resumed != b.thread->resumed ? a.thread->resumed < b.thread->resumed
                                                  : a.order < b.order;
  };
  for (Heap* h : {&eligible_, &ahead_}) {
    for (std::size_t i = 0; i < h->size(); ++i) {
      if ((*h)[i].thread->owes || (*h)[i].thread->ran_after(time)) continue;
      if (!heap || is_older((*h)[i], (*heap)[at])) heap = h, at = i;
    }
  }
  if (!heap) return nullptr;
  Thread* const taken = (*heap)[at].thread;
  last_average_ = average(nullptr);
  remove(*heap, at);
  return taken;
}

}  // namespace gilsim::model
