// Strategy `asyncio`: `asyncio.run` of a gather of all tasks, of which a semaphore lets n pass.
//
// One thread: waits are awaited side by side, everything else takes its turn. All tasks are created
// at once; each goes as far as the semaphore in the loop's first turn, and who comes late waits
// there in order (Lib/asyncio/locks.py). Left out: cancellation, exceptions, debug mode, other
// loops.
#include <deque>
#include <stdexcept>

#include "models/program/loop_thread.hpp"
#include "models/program/task_graph.hpp"
#include "models/program/task_runner.hpp"

namespace gilsim::model {
namespace {

class AsyncioBatch final : public BatchLayer, private LoopTasks {
 public:
  AsyncioBatch(const Configuration& configuration, TaskTimes times)
      : BatchLayer(configuration, std::move(times)),
        loop_(configuration_, *this),
        tasks_(record_.tasks()),
        permits_(configuration.workers),
        ready_(configuration_.batch.stages, 0, record_.tasks()) {
    for (std::size_t i = 0; i < ready_.count(); ++i) tasks_[ready_.task(i)].released = true;
  }

  bool answered(World& world, PythonThread& self) override { return loop_.answered(world, self); }
  void arrives(World& world, PythonThread& self, std::uint32_t task, sim::Time when) override {
    loop_.arrives(world, self, task, when);
  }

 private:
  enum class Stage { kOpening, kCreating, kRunning, kJoining, kClosing, kClosed };
  struct Task {
    enum class Stage : std::uint8_t {
      kNew,
      kReady,
      kBlocked,
      kAsking,
      kWaiting,
      kRunning,
      kEnding
    };
    Stage stage = Stage::kNew;
    bool released = false;  // waits for no other task
    Coroutine coroutine;
    sim::Time began;
  };

  Action next_of_main(World& world) override;
  Await next_of(World& world, std::uint32_t number) override;
  void begin_task(Task& task, std::uint32_t number, World& world);
  void release();
  void release_those_after(std::uint32_t number);

  LoopThread loop_;
  Stage stage_ = Stage::kOpening;
  std::uint32_t created_ = 0;
  std::vector<Task> tasks_;
  int permits_;
  std::deque<std::uint32_t> waiting_;  // for a permit
  ReadyTasks ready_;
};

Action AsyncioBatch::next_of_main(World& world) {
  Machine& machine = world.machine();
  const AsyncioCosts& costs = *configuration_.interpreter.asyncio;
  for (;;) {
    switch (stage_) {
      case Stage::kOpening:
        stage_ = Stage::kCreating;
        return Action::python(machine.draw(costs.open));
      case Stage::kCreating:
        if (created_ == tasks_.size()) {
          stage_ = Stage::kRunning;
          break;
        }
        loop_.resume_soon(created_++);
        return Action::python(machine.draw(loop_.costs().create));
      case Stage::kRunning:
        if (const auto action = loop_.next(world, *main_)) return *action;
        stage_ = Stage::kJoining;
        break;
      case Stage::kJoining:
        if (const auto action = loop_.join_threads(world)) return *action;
        stage_ = Stage::kClosing;
        break;
      case Stage::kClosing:
        stage_ = Stage::kClosed;
        return Action::python(machine.draw(costs.close));
      case Stage::kClosed:
        return Action::exit();
    }
  }
}

Await AsyncioBatch::next_of(World& world, std::uint32_t number) {
  Task& task = tasks_[number];
  Machine& machine = world.machine();
  for (;;) {
    switch (task.stage) {
      case Task::Stage::kNew:
        task.stage = Task::Stage::kReady;
        return Await::run(Action::python(machine.draw(loop_.costs().begin)));
      case Task::Stage::kReady:
        task.stage = task.released ? Task::Stage::kAsking : Task::Stage::kBlocked;
        if (task.released) break;
        return {Await::Kind::kOthers, {}, {}, nullptr};
      case Task::Stage::kBlocked:  // has been released
        task.stage = Task::Stage::kAsking;
        return Await::run(Action::python(machine.draw(loop_.costs().handoff)));
      case Task::Stage::kAsking:
        if (permits_ == 0) {
          task.stage = Task::Stage::kWaiting;
          waiting_.push_back(number);
          return {Await::Kind::kOthers, {}, {}, nullptr};
        }
        --permits_;
        begin_task(task, number, world);
        break;
      case Task::Stage::kWaiting:  // has been given a permit
        begin_task(task, number, world);
        return Await::run(Action::python(machine.draw(loop_.costs().handoff)));
      case Task::Stage::kRunning:
        if (const auto await = task.coroutine.next(configuration_.batch.task, world, loop_.costs()))
          return *await;
        ++record_.times_done[number];
        record_.latencies.push_back(world.now() - task.began);
        task.stage = Task::Stage::kEnding;
        return Await::run(Action::python(machine.draw(loop_.costs().done)));
      case Task::Stage::kEnding:
        release_those_after(number);
        release();
        return {};
    }
  }
}

void AsyncioBatch::begin_task(Task& task, std::uint32_t number, World& world) {
  task.stage = Task::Stage::kRunning;
  task.coroutine.begin(record_.times[number].data());
  task.began = world.now();
}

void AsyncioBatch::release_those_after(std::uint32_t number) {
  const std::size_t before = ready_.count();
  ready_.done(number);
  for (std::size_t i = before; i < ready_.count(); ++i) {
    Task& next = tasks_[ready_.task(i)];
    next.released = true;
    if (next.stage == Task::Stage::kBlocked) {
      loop_.resume_soon(static_cast<std::uint32_t>(ready_.task(i)));
    }
  }
}

void AsyncioBatch::release() {
  if (record_.latencies.size() == tasks_.size()) loop_.stop();
  if (waiting_.empty()) {
    ++permits_;
    return;
  }
  loop_.resume_soon(waiting_.front());
  waiting_.pop_front();
}

}  // namespace

std::unique_ptr<Layer> make_asyncio_batch(const Configuration& configuration, TaskTimes times) {
  if (!configuration.interpreter.asyncio) {
    throw std::invalid_argument("the profile has no costs of asyncio for " +
                                configuration.interpreter.version);
  }
  return std::make_unique<AsyncioBatch>(configuration, std::move(times));
}

}  // namespace gilsim::model
