#include "app/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace gilsim::app {
namespace {

class Pool {
 public:
  Pool(std::size_t count, const host::StopFlag& stop, const std::function<void(std::size_t)>& work)
      : count_(count), stop_(stop), work_(work), errors_(count) {}

  void run_worker() {
    while (!stop_ && !failed_) {
      const std::size_t index = next_++;
      if (index >= count_) break;
      try {
        work_(index);
      } catch (...) {
        errors_[index] = std::current_exception();
        failed_ = true;
      }
      ++done_;
    }
    const std::lock_guard<std::mutex> guard(mutex_);
    ++idle_;
    changed_.notify_all();
  }

  void wait_for(std::size_t workers, const std::function<void(std::size_t)>& finished) {
    std::unique_lock<std::mutex> guard(mutex_);
    while (idle_ < workers) {
      changed_.wait_for(guard, std::chrono::milliseconds(100), [&] { return idle_ == workers; });
      if (!finished) continue;
      guard.unlock();
      finished(done_);
      guard.lock();
    }
  }

  void rethrow() const {
    for (const std::exception_ptr& error : errors_) {
      if (error) std::rethrow_exception(error);
    }
  }

 private:
  const std::size_t count_;
  const host::StopFlag& stop_;
  const std::function<void(std::size_t)>& work_;
  std::vector<std::exception_ptr> errors_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t idle_ = 0;
};

}  // namespace

void parallel_for(std::size_t count, int jobs, const host::StopFlag& stop,
                  const std::function<void(std::size_t)>& work,
                  const std::function<void(std::size_t)>& finished) {
  Pool pool(count, stop, work);
  const std::size_t workers = std::min(count, static_cast<std::size_t>(std::max(jobs, 1)));
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < workers; ++i) threads.emplace_back([&] { pool.run_worker(); });
  pool.wait_for(workers, finished);
  for (std::thread& thread : threads) thread.join();
  pool.rethrow();
}

}  // namespace gilsim::app
