// The default executor of an event loop: steps that its tasks hand to threads (asyncio.to_thread).
//
// Rules: a ThreadPoolExecutor of min(32, cores + 4) threads, one more for each submit while none is
// idle (Lib/concurrent/futures/thread.py); the thread that is done appends to the loop's ready
// queue and writes a byte to its socket pair (call_soon_threadsafe). Ending the loop ends and joins
// them. Left out: that Thread.start() waits for exactly the child's first step; it takes as long as
// was measured with nothing else running.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "models/program/coroutine.hpp"
#include "models/program/step_cursor.hpp"

namespace gilsim::model {

class OffloadPool {
 public:
  struct Job {
    std::uint32_t task = 0;
    const Step* step = nullptr;
    sim::Duration time;
  };
  class Client {
   public:
    virtual void offload_done(World& world, std::uint32_t task) = 0;

   protected:
    ~Client() = default;
  };

  OffloadPool(const Configuration& configuration, Client& client);
  ~OffloadPool();

  // What the submitting thread does next because of it: it may have to start one more thread.
  std::optional<Action> submit(World& world, PythonThread& self, const Job& job);
  // What the thread that ends the pool does next; nothing returned: all threads have ended.
  std::optional<Action> join(World& world);

 private:
  class Worker;

  Action start_thread(World& world, PythonThread& self);

  const Configuration& configuration_;
  Client& client_;
  const std::size_t most_;
  std::deque<Worker> workers_;
  std::deque<Job> jobs_;
  std::deque<PythonThread*> idle_;
  std::size_t ended_ = 0;
  bool closing_ = false;
  PythonThread* submitter_ = nullptr;
};

}  // namespace gilsim::model
