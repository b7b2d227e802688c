// Strategy `thread_per_task`: a threading.Thread for each task; all are started, then all joined.
//
// Thread.start() waits until the new thread has run once (Lib/threading.py), so a thread that
// computes is among those that the next start has to compete with. The tasks of a graph are started
// as soon as those before them are done. Left out: what a thread does to end, beyond its task.
#include <deque>

#include "models/program/task_graph.hpp"
#include "models/program/task_runner.hpp"
#include "models/program/thread_start.hpp"

namespace gilsim::model {
namespace {

class ThreadEach;

class TaskThread final : public Behaviour {
 public:
  TaskThread(ThreadEach& all, const Configuration& configuration, BatchRecord& record,
             std::size_t task)
      : all_(all), runner_(configuration, record), task_(task) {}
  Action next(World& world, PythonThread& self) override;
  const PythonThread* waits_for(const PythonThread&) const override;

  bool has_started() const { return stage_ != Stage::kNew; }
  bool has_ended() const { return stage_ == Stage::kEnded; }

 private:
  enum class Stage { kNew, kRunning, kEnded };

  ThreadEach& all_;
  TaskRunner runner_;
  const std::size_t task_;
  Stage stage_ = Stage::kNew;
};

class ThreadEach final : public BatchLayer {
 public:
  ThreadEach(const Configuration& configuration, TaskTimes times)
      : BatchLayer(configuration, std::move(times)),
        ready_(configuration_.batch.stages, 0, record_.tasks()) {}

  const PythonThread* main() const { return main_; }
  // Called by a task that is done.
  void arrive(World& world, std::size_t task) {
    if (!ready_.is_graph()) return;
    ready_.done(task);
    ++arrived_;
    if (!awaits_any_) return;
    awaits_any_ = false;
    world.unpark(*main_);
  }
  void tell_main(World& world, const TaskThread& about) {
    if (awaited_ == &about) world.unpark(*main_);
  }

 private:
  enum class Stage { kStarting, kAwaitingStart, kJoining };

  Action next_of_main(World& world) override;
  const PythonThread* waits_for(const PythonThread&) const override;

  Stage stage_ = Stage::kStarting;
  ReadyTasks ready_;
  std::size_t arrived_ = 0;  // of a graph: tasks that are done
  bool awaits_any_ = false;
  std::size_t joined_ = 0;
  const TaskThread* awaited_ = nullptr;
  std::deque<TaskThread> tasks_;
  std::vector<const PythonThread*> threads_;
  ResultHandling handling_{configuration_, record_};
};

Action TaskThread::next(World& world, PythonThread&) {
  if (stage_ == Stage::kNew) {
    stage_ = Stage::kRunning;
    all_.tell_main(world, *this);
    runner_.begin(task_, world.now());
  }
  if (stage_ == Stage::kRunning) {
    if (const auto action = runner_.next(world)) return *action;
    stage_ = Stage::kEnded;
    all_.arrive(world, task_);
    all_.tell_main(world, *this);
  }
  return Action::exit();
}

const PythonThread* TaskThread::waits_for(const PythonThread&) const { return all_.main(); }

const PythonThread* ThreadEach::waits_for(const PythonThread&) const {
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    if (&tasks_[i] == awaited_) return threads_[i];
  }
  return nullptr;
}

Action ThreadEach::next_of_main(World& world) {
  for (;;) {
    switch (stage_) {
      case Stage::kStarting: {
        if (tasks_.size() == ready_.count()) {
          if (ready_.is_graph() && arrived_ < record_.tasks()) {
            awaits_any_ = true;
            return Action::park();
          }
          stage_ = Stage::kJoining;
          break;
        }
        const std::size_t task = ready_.task(tasks_.size());
        TaskThread& thread = tasks_.emplace_back(*this, configuration_, record_, task);
        threads_.push_back(
            &start_thread_beside(world, *main_, "thread " + std::to_string(task + 1), thread));
        awaited_ = &thread;
        stage_ = Stage::kAwaitingStart;
        return Action::python(bytecode_of_thread_start(world));
      }
      case Stage::kAwaitingStart:
        if (!tasks_.back().has_started()) return Action::park();
        awaited_ = nullptr;
        stage_ = Stage::kStarting;
        break;
      case Stage::kJoining:
        if (const auto action = handling_.next(world)) return *action;
        if (joined_ == tasks_.size()) return Action::exit();
        awaited_ = &tasks_[joined_];
        if (!tasks_[joined_].has_ended()) return Action::park();
        awaited_ = nullptr;
        handling_.begin(ready_.task(joined_++));
        break;
    }
  }
}

}  // namespace

std::unique_ptr<Layer> make_thread_each(const Configuration& configuration, TaskTimes times) {
  return std::make_unique<ThreadEach>(configuration, std::move(times));
}

}  // namespace gilsim::model
