// Strategy `threads`: `with ThreadPoolExecutor(n) as executor: list(executor.map(f, tasks))`.
// Strategy `interpreters`: the same with an InterpreterPoolExecutor, whose threads each create an
// interpreter with a lock of its own (Lib/concurrent/futures/interpreter.py). Tasks are fetched and
// handed back under the main interpreter's lock, and run under the thread's own; so does creating
// the interpreter, whose own lock Py_NewInterpreterFromConfig takes first.
//
// The main thread submits every task, starting a thread for each submit while none is idle and
// there are fewer than n (Lib/concurrent/futures/thread.py, _adjust_thread_count); Thread.start()
// waits until the new thread has run once (Lib/threading.py), so among computing threads each start
// costs about one switch interval. Then it waits for the results one by one, in the order of the
// tasks. At the end it wakes one idle worker, which wakes the next, and joins them all.
// Left out: the garbage collector, the locks of futures and queues; locks of the runtime that all
// interpreters share; half of what crosses is taken to be done on either side.
#include <deque>
#include <stdexcept>

#include "models/program/task_runner.hpp"
#include "models/program/thread_start.hpp"

namespace gilsim::model {
namespace {

class ThreadPool;

class PoolThread final : public Behaviour {
 public:
  // `own`: the lock of an interpreter of its own, or nullptr.
  PoolThread(ThreadPool& pool, const Configuration& configuration, BatchRecord& record,
             const InterpreterLock* own)
      : pool_(pool), runner_(configuration, record), own_(own) {}
  Action next(World& world, PythonThread& self) override;
  const PythonThread* waits_for(const PythonThread& self) const override;

  bool exited() const { return stage_ == Stage::kExited; }
  bool started() const { return stage_ != Stage::kNew; }

 private:
  enum class Stage {
    kNew,
    kCreating,  // its interpreter
    kCreated,
    kFetching,
    kEntering,  // its interpreter, with a task
    kCalling,
    kRunning,
    kHandingBack,
    kDestroying,
    kDestroyed,
    kExiting,
    kExited,
  };

  Action begin_task(World& world);
  Action close(World& world, PythonThread& self);
  sim::Duration half_a_call(World& world) const;

  ThreadPool& pool_;
  TaskRunner runner_;
  const InterpreterLock* const own_;
  Stage stage_ = Stage::kNew;
  std::size_t task_ = 0;
};

class ThreadPool final : public BatchLayer {
 public:
  // `interpreters`: what those of the threads cost; nullptr: they have none.
  ThreadPool(const Configuration& configuration, TaskTimes times,
             const InterpreterPoolCosts* interpreters)
      : BatchLayer(configuration, std::move(times)),
        interpreters_(interpreters),
        done_(record_.tasks(), false) {}

  const InterpreterPoolCosts& interpreters() const { return *interpreters_; }

  // Called by the workers, which hold the lock.
  std::optional<std::size_t> fetch();
  void become_idle(PythonThread& worker) { idle_.push_back(&worker); }
  bool closing() const { return closing_; }
  const PythonThread* main() const { return main_; }
  const PythonThread* worker_that_is_awake() const;
  void wake_one_idle(World& world);
  void finished(std::size_t task, World& world);
  void tell_main(World& world, const PoolThread& about) {
    if (awaited_thread_ == &about) world.unpark(*main_);
  }

 private:
  enum class Stage {
    kSubmitting,
    kHandingOver,
    kAwaitingStart,
    kCollecting,
    kHandling,
    kClosing,
    kJoining,
  };

  Action next_of_main(World& world) override;
  const PythonThread* waits_for(const PythonThread&) const override;
  Action hand_over(World& world);

  const InterpreterPoolCosts* const interpreters_;
  Stage stage_ = Stage::kSubmitting;
  std::size_t submitted_ = 0;
  std::size_t fetched_ = 0;
  std::size_t collected_ = 0;
  std::size_t joined_ = 0;
  bool closing_ = false;
  std::vector<bool> done_;
  std::optional<std::size_t> awaited_task_;
  const PoolThread* awaited_thread_ = nullptr;
  std::deque<PoolThread> behaviours_;
  std::vector<const PythonThread*> workers_;
  std::deque<PythonThread*> idle_;
  const bool hands_results_on_ = !configuration_.batch.handle.empty();
  ResultHandling handling_{configuration_, record_};
};

Action PoolThread::next(World& world, PythonThread& self) {
  for (;;) {
    switch (stage_) {
      case Stage::kNew:
        pool_.tell_main(world, *this);
        stage_ = own_ ? Stage::kCreating : Stage::kFetching;
        if (own_) return world.enter(self, *own_);
        break;
      case Stage::kCreating:
        stage_ = Stage::kCreated;
        return Action::native_held(world.machine().draw(pool_.interpreters().create));
      case Stage::kCreated:
        stage_ = Stage::kFetching;
        return world.enter(self, world.lock_of(*pool_.main()));
      case Stage::kFetching:
        if (const auto task = pool_.fetch()) {
          task_ = *task;
          return begin_task(world);
        }
        if (pool_.closing()) return close(world, self);
        pool_.become_idle(self);
        return Action::park();
      case Stage::kEntering:
        stage_ = Stage::kCalling;
        return world.enter(self, *own_);
      case Stage::kCalling:
        stage_ = Stage::kRunning;
        runner_.begin(task_, world.now());
        return Action::python(half_a_call(world));
      case Stage::kRunning:
        if (const auto action = runner_.next(world)) return *action;
        stage_ = Stage::kHandingBack;
        if (own_) return world.enter(self, world.lock_of(*pool_.main()));
        break;
      case Stage::kHandingBack:
        stage_ = Stage::kFetching;
        pool_.finished(task_, world);
        break;
      case Stage::kDestroying:
        stage_ = Stage::kDestroyed;
        return Action::native_held(world.machine().draw(pool_.interpreters().destroy));
      case Stage::kDestroyed:
        stage_ = Stage::kExiting;
        return world.enter(self, world.lock_of(*pool_.main()));
      case Stage::kExiting:
        stage_ = Stage::kExited;
        pool_.tell_main(world, *this);
        return Action::exit();
      case Stage::kExited:
        return Action::exit();
    }
  }
}

Action PoolThread::begin_task(World& world) {
  const sim::Duration task = world.machine().draw(world.configuration().interpreter.task);
  if (own_) {
    stage_ = Stage::kEntering;
    return Action::python(task + half_a_call(world));
  }
  stage_ = Stage::kRunning;
  runner_.begin(task_, world.now());
  return Action::python(task);
}

sim::Duration PoolThread::half_a_call(World& world) const {
  return world.machine().draw(pool_.interpreters().call) / 2;
}

Action PoolThread::close(World& world, PythonThread& self) {
  pool_.wake_one_idle(world);
  stage_ = own_ ? Stage::kDestroying : Stage::kExited;
  if (own_) return world.enter(self, *own_);
  pool_.tell_main(world, *this);
  return Action::exit();
}

// While the pool closes, workers wake each other.
const PythonThread* PoolThread::waits_for(const PythonThread&) const {
  const PythonThread* const other = pool_.closing() ? pool_.worker_that_is_awake() : nullptr;
  return other ? other : pool_.main();
}

const PythonThread* ThreadPool::worker_that_is_awake() const {
  for (const PythonThread* worker : workers_) {
    if (!worker->parked && worker->state() != ThreadState::kExited) return worker;
  }
  return nullptr;
}

const PythonThread* ThreadPool::waits_for(const PythonThread&) const {
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    if (&behaviours_[i] == awaited_thread_) return workers_[i];
  }
  const PythonThread* const awake = worker_that_is_awake();
  return awake || workers_.empty() ? awake : workers_.front();
}

std::optional<std::size_t> ThreadPool::fetch() {
  if (fetched_ == submitted_) return std::nullopt;
  return fetched_++;
}

void ThreadPool::wake_one_idle(World& world) {
  if (idle_.empty()) return;
  PythonThread& worker = *idle_.front();
  idle_.pop_front();
  world.unpark(worker);
}

void ThreadPool::finished(std::size_t task, World& world) {
  done_[task] = true;
  if (awaited_task_ == task) world.unpark(*main_);
}

Action ThreadPool::next_of_main(World& world) {
  for (;;) {
    switch (stage_) {
      case Stage::kSubmitting:
        if (submitted_ == record_.tasks()) {
          stage_ = Stage::kCollecting;
          break;
        }
        stage_ = Stage::kHandingOver;
        return Action::python(world.machine().draw(configuration_.interpreter.submit));
      case Stage::kHandingOver:
        ++submitted_;
        stage_ = Stage::kSubmitting;
        if (!idle_.empty()) {
          wake_one_idle(world);
        } else if (behaviours_.size() < static_cast<std::size_t>(configuration_.workers)) {
          return hand_over(world);
        }
        break;
      case Stage::kAwaitingStart:
        if (!behaviours_.back().started()) return Action::park();
        awaited_thread_ = nullptr;
        stage_ = Stage::kSubmitting;
        break;
      case Stage::kCollecting:
        while (collected_ < record_.tasks() && done_[collected_]) {
          ++collected_;
          if (!hands_results_on_) continue;
          handling_.begin(collected_ - 1);
          awaited_task_.reset();
          stage_ = Stage::kHandling;
          break;
        }
        if (stage_ == Stage::kHandling) break;
        if (collected_ < record_.tasks()) {
          awaited_task_ = collected_;
          return Action::park();
        }
        awaited_task_.reset();
        stage_ = Stage::kClosing;
        break;
      case Stage::kHandling:
        if (const auto action = handling_.next(world)) return *action;
        stage_ = Stage::kCollecting;
        break;
      case Stage::kClosing:
        closing_ = true;
        wake_one_idle(world);
        stage_ = Stage::kJoining;
        break;
      case Stage::kJoining:
        while (joined_ < behaviours_.size() && behaviours_[joined_].exited()) ++joined_;
        if (joined_ == behaviours_.size()) return Action::exit();
        awaited_thread_ = &behaviours_[joined_];
        return Action::park();
    }
  }
}

// Starts one more worker: the system call, then Thread.start()'s own bytecode, then its wait.
Action ThreadPool::hand_over(World& world) {
  const InterpreterLock* const own = interpreters_ ? &world.create_interpreter() : nullptr;
  PoolThread& behaviour = behaviours_.emplace_back(*this, configuration_, record_, own);
  workers_.push_back(&start_thread_beside(
      world, *main_, "worker " + std::to_string(behaviours_.size()), behaviour));
  awaited_thread_ = &behaviour;
  stage_ = Stage::kAwaitingStart;
  return Action::python(bytecode_of_thread_start(world));
}

}  // namespace

std::unique_ptr<Layer> make_thread_pool(const Configuration& configuration, TaskTimes times) {
  return std::make_unique<ThreadPool>(configuration, std::move(times), nullptr);
}

std::unique_ptr<Layer> make_interpreter_pool(const Configuration& configuration, TaskTimes times) {
  const auto& costs = configuration.interpreter.interpreters;
  if (!costs) {
    throw std::invalid_argument("the profile has no costs of sub-interpreters for " +
                                configuration.interpreter.version);
  }
  return std::make_unique<ThreadPool>(configuration, std::move(times), &*costs);
}

}  // namespace gilsim::model
