#include "models/program/thread_pool.hpp"

#include "models/program/thread_start.hpp"

namespace gilsim::model {

class ThreadPool::Worker final : public Behaviour {
 public:
  // `own`: the lock of an interpreter of its own, or nullptr.
  Worker(ThreadPool& pool, const Configuration& configuration, BatchRecord& record,
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

Action ThreadPool::Worker::next(World& world, PythonThread& self) {
  for (;;) {
    switch (stage_) {
      case Stage::kNew:
        pool_.tell_submitter(world, *this);
        stage_ = own_ ? Stage::kCreating : Stage::kFetching;
        if (own_) return world.enter(self, *own_);
        break;
      case Stage::kCreating:
        stage_ = Stage::kCreated;
        return Action::native_held(world.machine().draw(pool_.shape_.interpreters->create));
      case Stage::kCreated:
        stage_ = Stage::kFetching;
        return world.enter(self, world.lock_of(*pool_.submitter_));
      case Stage::kFetching:
        if (const auto task = pool_.fetch()) {
          task_ = *task;
          return begin_task(world);
        }
        if (pool_.closing_) return close(world, self);
        pool_.idle_.push_back(&self);
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
        if (own_) return world.enter(self, world.lock_of(*pool_.submitter_));
        break;
      case Stage::kHandingBack:
        stage_ = Stage::kFetching;
        pool_.finished(task_, world);
        break;
      case Stage::kDestroying:
        stage_ = Stage::kDestroyed;
        return Action::native_held(world.machine().draw(pool_.shape_.interpreters->destroy));
      case Stage::kDestroyed:
        stage_ = Stage::kExiting;
        return world.enter(self, world.lock_of(*pool_.submitter_));
      case Stage::kExiting:
        stage_ = Stage::kExited;
        pool_.tell_submitter(world, *this);
        return Action::exit();
      case Stage::kExited:
        return Action::exit();
    }
  }
}

Action ThreadPool::Worker::begin_task(World& world) {
  const sim::Duration task = world.machine().draw(world.configuration().interpreter.task);
  if (own_) {
    stage_ = Stage::kEntering;
    return Action::python(task + half_a_call(world));
  }
  stage_ = Stage::kRunning;
  runner_.begin(task_, world.now());
  return Action::python(task);
}

sim::Duration ThreadPool::Worker::half_a_call(World& world) const {
  return world.machine().draw(pool_.shape_.interpreters->call) / 2;
}

Action ThreadPool::Worker::close(World& world, PythonThread& self) {
  pool_.wake_one_idle(world);
  stage_ = own_ ? Stage::kDestroying : Stage::kExited;
  if (own_) return world.enter(self, *own_);
  pool_.tell_submitter(world, *this);
  return Action::exit();
}

// While the pool closes, workers wake each other.
const PythonThread* ThreadPool::Worker::waits_for(const PythonThread&) const {
  const PythonThread* const other = pool_.closing_ ? pool_.worker_that_is_awake() : nullptr;
  return other ? other : pool_.submitter_;
}

ThreadPool::ThreadPool(const Configuration& configuration, BatchRecord& record, std::size_t begin,
                       std::size_t end, Shape shape)
    : configuration_(configuration),
      record_(record),
      shape_(std::move(shape)),
      begin_(begin),
      done_(end - begin, false),
      ready_(configuration.batch.stages, begin, end),
      hands_results_on_(shape_.handles && !configuration.batch.handle.empty()),
      handling_(configuration, record) {}

ThreadPool::~ThreadPool() = default;

const PythonThread* ThreadPool::worker_that_is_awake() const {
  for (const PythonThread* worker : threads_) {
    if (!worker->parked && worker->state() != ThreadState::kExited) return worker;
  }
  return nullptr;
}

const PythonThread* ThreadPool::waits_for() const {
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    if (&workers_[i] == awaited_thread_) return threads_[i];
  }
  const PythonThread* const awake = worker_that_is_awake();
  return awake || threads_.empty() ? awake : threads_.front();
}

std::optional<std::size_t> ThreadPool::fetch() {
  if (fetched_ == submitted_) return std::nullopt;
  return ready_.task(fetched_++);
}

void ThreadPool::wake_one_idle(World& world) {
  if (idle_.empty()) return;
  PythonThread& worker = *idle_.front();
  idle_.pop_front();
  world.unpark(worker);
}

void ThreadPool::finished(std::size_t task, World& world) {
  done_[task - begin_] = true;
  if (ready_.is_graph()) arrived_.push_back(task);
  if (awaited_task_ != task && !awaits_any_) return;
  awaits_any_ = false;
  world.unpark(*submitter_);
}

bool ThreadPool::take_arrival() {
  if (arrived_.empty()) return false;
  const std::size_t task = arrived_.front();
  arrived_.pop_front();
  ready_.done(task);
  ++collected_;
  return true;
}

std::optional<Action> ThreadPool::next(World& world, PythonThread& submitter) {
  submitter_ = &submitter;
  for (;;) {
    switch (stage_) {
      case Stage::kSubmitting:
        if (submitted_ == ready_.count()) {
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
        } else if (workers_.size() < static_cast<std::size_t>(shape_.workers)) {
          return hand_over(world);
        }
        break;
      case Stage::kAwaitingStart:
        if (!workers_.back().started()) return Action::park();
        awaited_thread_ = nullptr;
        stage_ = Stage::kSubmitting;
        break;
      case Stage::kCollecting:
        if (ready_.is_graph() && collected_ < done_.size()) {
          while (take_arrival()) {
          }
          if (submitted_ < ready_.count()) {
            stage_ = Stage::kSubmitting;
            break;
          }
          if (collected_ < done_.size()) {
            awaits_any_ = true;
            return Action::park();
          }
        }
        while (collected_ < done_.size() && done_[collected_]) {
          ++collected_;
          if (!hands_results_on_) continue;
          handling_.begin(begin_ + collected_ - 1);
          awaited_task_.reset();
          stage_ = Stage::kHandling;
          break;
        }
        if (stage_ == Stage::kHandling) break;
        if (collected_ < done_.size()) {
          awaited_task_ = begin_ + collected_;
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
        while (joined_ < workers_.size() && workers_[joined_].exited()) ++joined_;
        if (joined_ == workers_.size()) {
          stage_ = Stage::kOver;
          return std::nullopt;
        }
        awaited_thread_ = &workers_[joined_];
        return Action::park();
      case Stage::kOver:
        return std::nullopt;
    }
  }
}

// Starts one more worker: the system call, then Thread.start()'s own bytecode, then its wait.
Action ThreadPool::hand_over(World& world) {
  const InterpreterLock* const own = shape_.interpreters ? &world.create_interpreter() : nullptr;
  Worker& behaviour = workers_.emplace_back(*this, configuration_, record_, own);
  threads_.push_back(&start_thread_beside(
      world, *submitter_, shape_.prefix + "worker " + std::to_string(workers_.size()), behaviour,
      shape_.layout));
  awaited_thread_ = &behaviour;
  stage_ = Stage::kAwaitingStart;
  return Action::python(bytecode_of_thread_start(world));
}

}  // namespace gilsim::model
