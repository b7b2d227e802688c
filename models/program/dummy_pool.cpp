// Strategy `dummy_pool`: `with multiprocessing.dummy.Pool(n) as pool: pool.map(f, tasks)`.
//
// A Pool whose workers are threads: the main thread starts n of them and three handlers, each start
// waiting until the new thread has run; the task handler hands chunks over through a queue, the
// workers' results go through another one to the result handler, which wakes the main thread with
// the last of them. All of them share one lock (Lib/multiprocessing/{pool,dummy}.py, ThreadPool).
// Left out: imap and apply_async; pickling there is none.
#include <deque>

#include "models/process/chunk_cost.hpp"
#include "models/program/task_runner.hpp"
#include "models/program/thread_start.hpp"

namespace gilsim::model {
namespace {

using Chunk = std::pair<std::size_t, std::size_t>;

class DummyPool;

enum class Role { kTaskHandler, kWorkerHandler, kResultHandler, kWorker };

class PoolMember final : public Behaviour {
 public:
  PoolMember(DummyPool& pool, Role role, const Configuration& configuration, BatchRecord& record)
      : pool_(pool), role_(role), runner_(configuration, record) {}
  Action next(World& world, PythonThread& self) override;
  const PythonThread* waits_for(const PythonThread&) const override;

  bool has_started() const { return started_; }
  bool has_ended() const { return ended_; }

 private:
  enum class Stage { kFetching, kTask, kRunning, kSending, kSent };

  Action end(World& world);
  std::optional<Action> hand_over(World& world);
  std::optional<Action> file(World& world);
  std::optional<Action> work(World& world, PythonThread& self);

  DummyPool& pool_;
  const Role role_;
  TaskRunner runner_;
  bool started_ = false;
  bool ended_ = false;
  bool has_chunk_ = false;
  Stage stage_ = Stage::kFetching;
  Chunk chunk_;
  sim::Duration half_;
};

class DummyPool final : public BatchLayer {
 public:
  DummyPool(const Configuration& configuration, TaskTimes times)
      : BatchLayer(configuration, std::move(times)),
        calls_(*configuration.interpreter.messages->dummy),
        chunk_(static_cast<std::size_t>(chunk_size_of(configuration))) {}

  const PoolCalls& calls() const { return calls_; }
  const PythonThread* main() const { return main_; }
  bool closing() const { return closing_; }
  std::optional<Chunk> next_chunk();
  void put_task(World& world, Chunk chunk);
  std::optional<Chunk> get_task(PythonThread& worker);
  void put_result(World& world, Chunk chunk);
  std::optional<Chunk> get_result();
  void file(World& world, Chunk chunk);
  void tell_main(World& world, const PoolMember& about) {
    if (awaited_ == &about) world.unpark(*main_);
  }

 private:
  enum class Stage { kStarting, kAwaitingStart, kMapping, kCollecting, kClosing, kJoining };
  static constexpr std::size_t kHandlers = 3;

  Action next_of_main(World& world) override;
  const PythonThread* waits_for(const PythonThread&) const override;
  Action start_next(World& world);
  std::size_t workers() const { return static_cast<std::size_t>(configuration_.workers); }

  const PoolCalls& calls_;
  const std::size_t chunk_;
  Stage stage_ = Stage::kStarting;
  bool open_ = false;
  bool closing_ = false;
  std::size_t handed_out_ = 0;
  std::size_t filed_ = 0;
  std::size_t handled_ = 0;
  std::size_t joined_ = 0;
  const PoolMember* awaited_ = nullptr;
  std::deque<PoolMember> members_;  // workers, then handlers
  std::vector<PythonThread*> threads_;
  std::deque<Chunk> tasks_, results_;
  std::deque<PythonThread*> idle_;
  ResultHandling handling_{configuration_, record_};
};

// ---- What each thread does

Action PoolMember::next(World& world, PythonThread& self) {
  if (!started_) {
    started_ = true;
    pool_.tell_main(world, *this);
  }
  for (;;) {
    const auto action = role_ == Role::kTaskHandler     ? hand_over(world)
                        : role_ == Role::kResultHandler ? file(world)
                        : role_ == Role::kWorker        ? work(world, self)
                                                        : std::nullopt;
    if (action) return *action;
    if (pool_.closing()) return end(world);
    return Action::park();
  }
}

Action PoolMember::end(World& world) {
  ended_ = true;
  pool_.tell_main(world, *this);
  return Action::exit();
}

const PythonThread* PoolMember::waits_for(const PythonThread&) const { return pool_.main(); }

std::optional<Action> PoolMember::hand_over(World& world) {
  if (has_chunk_) pool_.put_task(world, chunk_);
  const auto chunk = pool_.next_chunk();
  has_chunk_ = chunk.has_value();
  if (!chunk) return std::nullopt;
  chunk_ = *chunk;
  return Action::python(draw(world.machine(), pool_.calls().feed, chunk_.second - chunk_.first));
}

std::optional<Action> PoolMember::file(World& world) {
  if (has_chunk_) pool_.file(world, chunk_);
  const auto chunk = pool_.get_result();
  has_chunk_ = chunk.has_value();
  if (!chunk) return std::nullopt;
  chunk_ = *chunk;
  return Action::python(draw(world.machine(), pool_.calls().collect, chunk_.second - chunk_.first));
}

std::optional<Action> PoolMember::work(World& world, PythonThread& self) {
  Machine& machine = world.machine();
  for (;;) {
    switch (stage_) {
      case Stage::kFetching: {
        const auto chunk = pool_.get_task(self);
        if (!chunk) return std::nullopt;
        chunk_ = *chunk;
        half_ = machine.draw(pool_.calls().work.chunk).scaled(0.5);
        stage_ = Stage::kTask;
        return Action::python(half_);
      }
      case Stage::kTask:
        runner_.begin(chunk_.first, world.now());
        stage_ = Stage::kRunning;
        return Action::python(machine.draw(pool_.calls().work.item));
      case Stage::kRunning:
        if (const auto action = runner_.next(world)) return *action;
        stage_ = ++chunk_.first == chunk_.second ? Stage::kSending : Stage::kTask;
        break;
      case Stage::kSending:
        stage_ = Stage::kSent;
        return Action::python(half_);
      case Stage::kSent:
        pool_.put_result(world, chunk_);
        stage_ = Stage::kFetching;
        break;
    }
  }
}

// ---- The queues

std::optional<Chunk> DummyPool::next_chunk() {
  if (!open_ || handed_out_ == record_.tasks()) return std::nullopt;
  const std::size_t begin = handed_out_;
  handed_out_ = std::min(begin + chunk_, record_.tasks());
  return Chunk{begin, handed_out_};
}

void DummyPool::put_task(World& world, Chunk chunk) {
  tasks_.push_back(chunk);
  if (idle_.empty()) return;
  PythonThread& worker = *idle_.front();
  idle_.pop_front();
  world.unpark(worker);
}

std::optional<Chunk> DummyPool::get_task(PythonThread& worker) {
  if (tasks_.empty()) {
    if (std::find(idle_.begin(), idle_.end(), &worker) == idle_.end()) idle_.push_back(&worker);
    return std::nullopt;
  }
  const Chunk chunk = tasks_.front();
  tasks_.pop_front();
  return chunk;
}

void DummyPool::put_result(World& world, Chunk chunk) {
  results_.push_back({chunk.first, chunk.second});
  world.unpark(*threads_.back());
}

std::optional<Chunk> DummyPool::get_result() {
  if (results_.empty()) return std::nullopt;
  const Chunk chunk = results_.front();
  results_.pop_front();
  return chunk;
}

void DummyPool::file(World& world, Chunk) {
  if (++filed_ == (record_.tasks() + chunk_ - 1) / chunk_) world.unpark(*main_);
}

// ---- The main thread

const PythonThread* DummyPool::waits_for(const PythonThread&) const {
  for (const PythonThread* thread : threads_) {
    if (!thread->parked && thread->state() != ThreadState::kExited) return thread;
  }
  return nullptr;
}

Action DummyPool::start_next(World& world) {
  constexpr Role kRoles[] = {Role::kWorkerHandler, Role::kTaskHandler, Role::kResultHandler};
  constexpr const char* kNames[] = {"worker handler", "task handler", "result handler"};
  const std::size_t index = members_.size();
  const bool is_worker = index < workers();
  const Role role = is_worker ? Role::kWorker : kRoles[index - workers()];
  const std::string name =
      is_worker ? "worker " + std::to_string(index + 1) : kNames[index - workers()];
  PoolMember& member = members_.emplace_back(*this, role, configuration_, record_);
  threads_.push_back(&start_thread_beside(world, *main_, name, member));
  awaited_ = &member;
  stage_ = Stage::kAwaitingStart;
  return Action::python(bytecode_of_thread_start(world));
}

Action DummyPool::next_of_main(World& world) {
  for (;;) {
    switch (stage_) {
      case Stage::kStarting:
        if (members_.size() < workers() + kHandlers) return start_next(world);
        stage_ = Stage::kMapping;
        break;
      case Stage::kAwaitingStart:
        if (!members_.back().has_started()) return Action::park();
        awaited_ = nullptr;
        stage_ = Stage::kStarting;
        break;
      case Stage::kMapping:
        open_ = true;
        world.unpark(*threads_[workers() + 1]);
        stage_ = Stage::kCollecting;
        break;
      case Stage::kCollecting:
        if (filed_ < (record_.tasks() + chunk_ - 1) / chunk_) return Action::park();
        if (const auto action = handling_.next(world)) return *action;
        if (handled_ < record_.tasks()) {
          handling_.begin(handled_++);
          break;
        }
        stage_ = Stage::kClosing;
        break;
      case Stage::kClosing:
        closing_ = true;
        for (PythonThread* const thread : threads_) world.unpark(*thread);
        stage_ = Stage::kJoining;
        break;
      case Stage::kJoining:
        while (joined_ < members_.size() && members_[joined_].has_ended()) ++joined_;
        if (joined_ == members_.size()) return Action::exit();
        awaited_ = &members_[joined_];
        return Action::park();
    }
  }
}

}  // namespace

std::unique_ptr<Layer> make_dummy_pool(const Configuration& configuration, TaskTimes times) {
  const auto& messages = configuration.interpreter.messages;
  if (!messages || !messages->dummy) {
    throw std::invalid_argument("the profile has no costs of a multiprocessing.dummy.Pool for " +
                                configuration.interpreter.version);
  }
  return std::make_unique<DummyPool>(configuration, std::move(times));
}

}  // namespace gilsim::model
