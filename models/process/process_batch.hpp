// A batch of tasks that a pool of processes does, message by message: what both pools have in
// common. The workers share a pipe with tasks, read under one semaphore, and a pipe with results,
// written under another.
//
// Starting a worker costs the parent time that grows with its heap, under the lock; ending one
// costs the worker such time. Shared memory is one block for all arguments and one for all results:
// made and filled before the pool, read and given back after it.
// Left out: writes of the parent to pages it shares with workers; a worker's own memory.
#pragma once

#include <deque>
#include <memory>

#include "models/process/crossing.hpp"
#include "models/process/scripted_thread.hpp"
#include "models/program/task_graph.hpp"
#include "models/program/task_runner.hpp"

namespace gilsim::model {

class WorkerProcess;

class ProcessBatch : public BatchLayer {
 public:
  ProcessBatch(const Configuration& configuration, TaskTimes times, const ChunkCost& work);
  ~ProcessBatch() override;
  std::optional<CpuRequest> proceed(World& world, PythonThread& self) final;

  // Of the workers.
  const ChunkCost& work() const { return work_; }
  const PoolParameters& start_costs() const { return start_; }
  const MessageCosts& messages() const { return messages_; }
  const Crossing& arguments() const { return arguments_; }
  const Crossing& results() const { return results_; }
  BatchRecord& record() { return record_; }
  Pipe& task_pipe() { return task_pipe_; }
  Pipe& result_pipe() { return result_pipe_; }
  Semaphore& reading() { return reading_; }
  Semaphore& writing() { return writing_; }
  // A place in the queue of tasks has become free; nobody may care.
  virtual void place_is_free(World&) {}
  // What a worker does for each task because of shared memory.
  sim::Duration shared_memory_of_a_task(Machine& machine) const;
  sim::Duration attaching(Machine& machine) const;
  sim::Duration exit_of_worker(Machine& machine) const;
  sim::Duration teardown_of_heap(Machine& machine) const;
  int most_chunks_of_a_worker() const { return configuration_.pool.max_tasks_per_child; }
  void worker_has_ended(World& world, std::uint32_t worker);

 protected:
  // The main thread, which plans what it does by stages of its own.
  class Main final : public ScriptedThread {
   public:
    explicit Main(ProcessBatch& batch) : batch_(batch) {}
    using ScriptedThread::act;
    using ScriptedThread::held;
    using ScriptedThread::python;
    using ScriptedThread::write;

   private:
    void plan(World& world, PythonThread&) override { batch_.plan_main(world); }
    ProcessBatch& batch_;
  };

  virtual void plan_main(World& world) = 0;
  // A worker's end is known to the kernel: its sentinel is ready.
  virtual void notice_end(World&, std::uint32_t) {}

  std::size_t chunks() const { return (record_.tasks() + chunk_ - 1) / chunk_; }
  Message message_of_chunk(std::size_t chunk) const;
  // Of a graph, whose chunks are tasks, the one that was ready so and so soon.
  Message message_in_order(std::size_t place) const {
    return message_of_chunk(ready_.is_graph() ? ready_.task(place) : place);
  }
  sim::Duration start_of_worker(Machine& machine) const;
  void start_worker(World& world);
  std::size_t workers_started() const { return workers_.size(); }
  std::size_t workers_alive() const { return alive_; }
  bool has_ended(std::uint32_t worker) const { return ended_[worker]; }
  // Before the pool and after it.
  sim::Duration sharing(Machine& machine) const;
  sim::Duration unsharing(Machine& machine) const;
  // The main thread does what the workload says it does with a result.
  void handle(World& world, std::size_t task);

  Main main_script_;
  ReadyTasks ready_;
  const PoolParameters start_;
  const MessageCosts messages_;

 private:
  Action next_of_main(World& world) final { return main_script_.next(world, *main_); }
  const PythonThread* waits_for(const PythonThread&) const override;
  double heap_in_gib() const;

  const ChunkCost work_;
  const std::size_t chunk_;
  const Crossing arguments_;
  const Crossing results_;
  Pipe task_pipe_;
  Pipe result_pipe_;
  Semaphore reading_{1};
  Semaphore writing_{1};
  std::deque<std::unique_ptr<WorkerProcess>> workers_;
  std::vector<const PythonThread*> worker_threads_;
  std::vector<bool> ended_;  // by worker
  std::size_t alive_ = 0;
};

}  // namespace gilsim::model
