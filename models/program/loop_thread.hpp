// A thread that runs an asyncio event loop: turns of the loop (models/io/event_loop.hpp) as actions
// of a Python thread. The poll releases the lock even when it does not block, as epoll.poll() does;
// a step that goes to a thread wakes the loop when it is done (call_soon_threadsafe).
#pragma once

#include <deque>

#include "models/io/event_loop.hpp"
#include "models/program/coroutine.hpp"
#include "models/program/offload_pool.hpp"

namespace gilsim::model {

// The tasks of a loop, by number.
class LoopTasks {
 public:
  // What `task`, which runs, does next.
  virtual Await next_of(World& world, std::uint32_t task) = 0;

 protected:
  ~LoopTasks() = default;
};

class LoopThread final : private OffloadPool::Client {
 public:
  LoopThread(const Configuration& configuration, LoopTasks& tasks);

  void resume_soon(std::uint32_t task) {
    loop_.call_soon({EventLoop::Handle::Kind::kResume, task});
  }
  // Nothing returned: stop() was called, and the turn is over.
  std::optional<Action> next(World& world, PythonThread& self);
  void stop() { stopping_ = true; }
  // Behaviour::answered of the thread's behaviour.
  bool answered(World& world, PythonThread& self);
  // Behaviour::arrives, likewise.
  void arrives(World& world, PythonThread& self, std::uint32_t task, sim::Time when);
  // Nothing returned: the threads of the executor, if there were any, have ended.
  std::optional<Action> join_threads(World& world) { return offloads_.join(world); }

  const PreparedAsyncio& costs() const { return costs_; }

 private:
  enum class Stage { kTurn, kPoll, kCollect, kHandles, kTask };
  static constexpr sim::Duration kColdAfter = sim::Duration::milliseconds(1);

  Action poll(World& world);
  std::optional<Action> collect(World& world, PythonThread& self);
  sim::Duration waking_cost(World& world);
  std::optional<Action> begin_handle(World& world);
  std::optional<Action> carry_out(World& world, PythonThread& self, const Await& await);
  void await_answer(World& world);
  void offload_done(World& world, std::uint32_t task) override;

  const PreparedAsyncio costs_;
  LoopTasks& tasks_;
  EventLoop loop_;
  OffloadPool offloads_;
  Stage stage_ = Stage::kTurn;
  bool stopping_ = false;
  sim::Time polled_;                 // when the last poll began
  bool was_blocked_ = false;         // by the last poll, for long enough to have been forgotten
  std::uint32_t task_ = 0;           // that runs
  std::deque<std::uint32_t> asked_;  // tasks that await an answer, in the order they asked
  bool answered_early_ = false;      // what the task that runs has asked and does not await yet
  PythonThread* thread_ = nullptr;
};

}  // namespace gilsim::model
