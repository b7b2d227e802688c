// A worker of a pool: waits for its turn at the pipe of tasks, takes a chunk, runs its tasks under
// the lock of its own interpreter, sends the results, and ends when it is told to or has done as
// many chunks as it may. That of a hybrid runs a chunk's tasks on a pool of threads of its own.
// Source: multiprocessing/pool.py, worker(); concurrent/futures/process.py, _process_worker(); both
// by way of multiprocessing/queues.py, get() and put().
#pragma once

#include "models/process/pool_thread.hpp"
#include "models/program/thread_pool.hpp"

namespace gilsim::model {

class WorkerProcess final : public PoolThread {
 public:
  WorkerProcess(ProcessBatch& batch, const Configuration& configuration, std::uint32_t index)
      : batch_(batch),
        configuration_(configuration),
        runner_(configuration, batch.record()),
        index_(index) {}

  bool ended() const { return stage_ == Stage::kEnded; }
  // While it computes or may yet be given something to do.
  bool is_busy() const { return stage_ != Stage::kWaiting && !ended(); }

 private:
  enum class Stage {
    kStarting,
    kFetching,
    kWaiting,
    kReceived,
    kNextTask,
    kRunning,
    kRunningThreads,  // of a hybrid, all the tasks of a chunk
    kSending,
    kSent,
    kEnding,
    kEnded,
  };

  void plan(World& world, PythonThread& self) override;
  void begin_chunk(World& world);
  void begin_task(World& world);
  void begin_threads(World& world);
  const PythonThread* waits_for(const PythonThread& self) const override;
  void send(Machine& machine);

  ProcessBatch& batch_;
  const Configuration& configuration_;
  TaskRunner runner_;
  const std::uint32_t index_;
  Stage stage_ = Stage::kStarting;
  std::deque<ThreadPool> threads_;  // one pool a chunk
  Message chunk_;
  std::size_t task_ = 0;
  int chunks_done_ = 0;
  bool attached_ = false;
  sim::Duration work_;  // of the chunk, half of it before and half after its tasks
};

}  // namespace gilsim::model
