// Results that finish in any order and leave in one: result i is handed on when all before it have
// been. Those who work ahead wait once they are a window ahead, so that memory stays bounded.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>

#include "host/subprocess.hpp"

namespace gilsim::app {

template <class Result>
class OrderedResults {
 public:
  // Hands a result on, as `leave(index, waiting)`: `waiting` holds it and all later ones that are
  // there. Says whether it could be; called again when another one has come.
  using Waiting = std::map<std::size_t, Result>;
  using Leave = std::function<bool(std::size_t, Waiting&)>;

  OrderedResults(std::size_t first, std::size_t window, const host::StopFlag& stop, Leave leave)
      : next_(first), window_(window), stop_(stop), leave_(std::move(leave)) {}

  // Waits until `index` is within the window; false: it is not to be worked on any more.
  bool may_begin(std::size_t index) {
    std::unique_lock<std::mutex> guard(mutex_);
    while (index >= next_ + window_) {
      if (stop_ || closed_) return false;
      changed_.wait_for(guard, std::chrono::milliseconds(50));
    }
    return !closed_;
  }

  // Rethrows what `leave` throws, after which nothing leaves any more.
  void finish(std::size_t index, Result result) {
    const std::lock_guard<std::mutex> guard(mutex_);
    waiting_.emplace(index, std::move(result));
    try {
      while (!closed_ && waiting_.count(next_) != 0 && leave_(next_, waiting_)) ++next_;
    } catch (...) {
      closed_ = true;
      changed_.notify_all();
      throw;
    }
    changed_.notify_all();
  }

  // After an error elsewhere: nobody waits any more.
  void close() {
    const std::lock_guard<std::mutex> guard(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_;
  const std::size_t window_;
  const host::StopFlag& stop_;
  Leave leave_;
  Waiting waiting_;
  bool closed_ = false;
};

}  // namespace gilsim::app
