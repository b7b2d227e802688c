// Runs tasks of a batch one after another on behalf of a behaviour, and notes how long each took.
#pragma once

#include "models/program/step_cursor.hpp"
#include "models/program/strategy.hpp"

namespace gilsim::model {

// What all workers of a batch share: the tasks' times, and the latencies of those that are done.
struct BatchRecord {
  explicit BatchRecord(TaskTimes task_times)
      : times(std::move(task_times)), times_done(times.size(), 0) {}
  std::size_t tasks() const { return times.size(); }

  const TaskTimes times;
  std::vector<std::uint32_t> times_done;  // by task; 1 each when all is well
  std::vector<sim::Duration> latencies;   // in order of completion
};

class TaskRunner {
 public:
  TaskRunner(const Configuration& configuration, BatchRecord& record)
      : cursor_(configuration.batch.task), record_(record) {}

  void begin(std::size_t task, sim::Time now) {
    cursor_.begin(record_.times[task].data());
    task_ = task;
    began_ = now;
  }
  // Nothing returned: the task is done, and its latency recorded.
  std::optional<Action> next(World& world) {
    auto action = cursor_.next(world.machine(), world.costs_of_waits());
    if (!action) {
      ++record_.times_done[task_];
      record_.latencies.push_back(world.now() - began_);
    }
    return action;
  }

 private:
  StepCursor cursor_;
  BatchRecord& record_;
  std::size_t task_ = 0;
  sim::Time began_;
};

// What the main thread does with each result. Its times stand behind those of the task's steps.
class ResultHandling {
 public:
  ResultHandling(const Configuration& configuration, const BatchRecord& record)
      : cursor_(configuration.batch.handle),
        offset_(configuration.batch.task.size()),
        record_(record) {}

  void begin(std::size_t task) {
    cursor_.begin(record_.times[task].data() + offset_);
    begun_ = true;
  }
  // Nothing returned: it is done with, or nothing was begun.
  std::optional<Action> next(World& world) {
    if (!begun_) return std::nullopt;
    return cursor_.next(world.machine(), world.costs_of_waits());
  }

 private:
  StepCursor cursor_;
  bool begun_ = false;
  const std::size_t offset_;
  const BatchRecord& record_;
};

// A batch is over when its main thread is.
class BatchLayer : public Layer, public Behaviour {
 public:
  BatchLayer(const Configuration& configuration, TaskTimes times)
      : configuration_(configuration), record_(std::move(times)) {}

  void begin(World& world) override;
  bool is_over() const override { return over_; }
  sim::Duration wall(const World&) const override { return ended_ - began_; }
  std::vector<ThreadOutcome> outcomes(const std::vector<sim::Duration>& cpu) override;
  Action next(World& world, PythonThread& self) final;

 protected:
  // What the main thread does; Action::exit() ends the batch.
  virtual Action next_of_main(World& world) = 0;

  const Configuration& configuration_;
  BatchRecord record_;
  PythonThread* main_ = nullptr;

 private:
  bool began_once_ = false;
  bool over_ = false;
  sim::Time began_;
  sim::Time ended_;
};

}  // namespace gilsim::model
