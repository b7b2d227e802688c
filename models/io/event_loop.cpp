#include "models/io/event_loop.hpp"

#include <algorithm>
#include <cmath>

namespace gilsim::model {
namespace {

constexpr sim::Duration kClockResolution = sim::Duration::nanoseconds(1);

}  // namespace

// The arithmetic of both sources, step by step, in the floating point that they use.
sim::Duration epoll_timeout(sim::Duration wanted) {
  if (wanted <= sim::Duration{}) return {};
  const double in_python = std::ceil(static_cast<double>(wanted.count()) * 1e-9 * 1e3) * 1e-3;
  const double nanoseconds = std::ceil(in_python * 1e9);
  return sim::Duration::milliseconds(static_cast<std::int64_t>(std::ceil(nanoseconds / 1e6)));
}

EventLoop::Poll EventLoop::poll(sim::Time now) const {
  if (!ready_.empty()) return {};
  const bool has_arrival = !arrivals_.empty();
  if (has_arrival && arrivals_.top().when <= now) return {};
  if (timers_.empty()) {
    if (!has_arrival) return {Poll::Until::kWoken, {}, {}};
    return {Poll::Until::kArrival, {}, arrivals_.top().when};
  }
  const sim::Duration timeout = epoll_timeout(timers_.top().when - now);
  if (timeout == sim::Duration{}) return {};
  if (has_arrival && arrivals_.top().when < now + timeout) {
    return {Poll::Until::kArrival, {}, arrivals_.top().when};
  }
  return {Poll::Until::kTimer, timeout, {}};
}

void EventLoop::begin_turn(sim::Time now) {
  move_due(arrivals_, now + kClockResolution, Handle::Kind::kReadable);
  move_due(timers_, now + kClockResolution, Handle::Kind::kTimer);
  left_in_turn_ = ready_.size();
}

void EventLoop::move_due(Queue& queue, sim::Time end, Handle::Kind kind) {
  while (!queue.empty() && queue.top().when < end) {
    ready_.push_back({kind, queue.top().task});
    queue.pop();
  }
}

std::optional<EventLoop::Handle> EventLoop::next_of_turn() {
  if (left_in_turn_ == 0) return std::nullopt;
  --left_in_turn_;
  const Handle handle = ready_.front();
  ready_.pop_front();
  return handle;
}

}  // namespace gilsim::model
