// Strategy `processes`: `with multiprocessing.Pool(n) as pool: pool.map(f, tasks, chunk_size)`.
// Strategy `hybrid`: the same, where each chunk, by default an even share of the tasks, is run by a
// ThreadPoolExecutor of its process.
//
// The parent starts its workers one after another; each needs its own CPU time until it asks for a
// first chunk, fetches chunks from one shared queue, pays for each chunk and each task, and runs
// the tasks under a lock of its own. When the last result is in, the parent terminates and joins
// them (Lib/multiprocessing/pool.py). This is the model for a profile that has no costs of
// messages. Left out: the parent's three handler threads, which share its lock, and the contents of
// what crosses the pipes; chunks are handed out in order, as soon as all workers have been started.
#include <deque>

#include "models/process/handled_pool.hpp"
#include "models/program/thread_pool.hpp"

namespace gilsim::model {
namespace {

class ProcessPool;

class PoolProcess final : public Behaviour {
 public:
  PoolProcess(ProcessPool& pool, const Configuration& configuration, BatchRecord& record,
              std::string name)
      : pool_(pool),
        configuration_(configuration),
        record_(record),
        name_(std::move(name)),
        runner_(configuration, record) {}
  Action next(World& world, PythonThread& self) override;
  const PythonThread* waits_for(const PythonThread& self) const override;

 private:
  enum class Stage { kStarting, kFetching, kNextTask, kRunning, kRunningThreads };

  ProcessPool& pool_;
  const Configuration& configuration_;
  BatchRecord& record_;
  const std::string name_;
  std::deque<ThreadPool> threads_;  // of a hybrid: one pool a chunk
  TaskRunner runner_;
  Stage stage_ = Stage::kStarting;
  std::size_t task_ = 0;
  std::size_t end_ = 0;  // of the chunk
};

class ProcessPool final : public BatchLayer {
 public:
  ProcessPool(const Configuration& configuration, TaskTimes times, const PoolParameters& costs)
      : BatchLayer(configuration, std::move(times)),
        costs_(costs),
        chunk_(static_cast<std::size_t>(chunk_size_of(configuration))) {}

  const PoolParameters& costs() const { return costs_; }
  // [begin, end) of the next chunk; nothing while the pool is closed or all is handed out.
  std::optional<std::pair<std::size_t, std::size_t>> fetch();
  void become_idle(PythonThread& worker) { idle_.push_back(&worker); }
  void task_done(World& world);
  const PythonThread* main() const { return main_; }

 private:
  enum class Stage { kCreating, kStarting, kStarted, kMapping, kCollecting, kShutdown };

  Action next_of_main(World& world) override;
  const PythonThread* waits_for(const PythonThread&) const override;
  void start_worker(World& world);

  const PoolParameters costs_;
  const std::size_t chunk_;
  Stage stage_ = Stage::kCreating;
  bool open_ = false;
  std::size_t handed_out_ = 0;
  std::size_t done_ = 0;
  std::deque<PoolProcess> behaviours_;
  std::vector<const PythonThread*> workers_;
  std::deque<PythonThread*> idle_;
};

Action PoolProcess::next(World& world, PythonThread& self) {
  Machine& machine = world.machine();
  for (;;) {
    switch (stage_) {
      case Stage::kStarting:
        stage_ = Stage::kFetching;
        return Action::native_held(machine.draw(pool_.costs().worker_ready));
      case Stage::kFetching:
        if (const auto chunk = pool_.fetch()) {
          std::tie(task_, end_) = *chunk;
          stage_ = Stage::kNextTask;
          return Action::python(machine.draw(pool_.costs().chunk));
        }
        pool_.become_idle(self);
        return Action::park();
      case Stage::kNextTask:
        if (configuration_.strategy == StrategyKind::kHybrid) {
          threads_.emplace_back(configuration_, record_, task_, end_,
                                ThreadPool::of_process(configuration_, name_));
          stage_ = Stage::kRunningThreads;
          return Action::python(machine.draw(pool_.costs().item));
        }
        runner_.begin(task_, world.now());
        stage_ = Stage::kRunning;
        return Action::python(machine.draw(pool_.costs().item));
      case Stage::kRunning:
        if (const auto action = runner_.next(world)) return *action;
        ++task_;
        pool_.task_done(world);
        stage_ = task_ == end_ ? Stage::kFetching : Stage::kNextTask;
        break;
      case Stage::kRunningThreads:
        if (const auto action = threads_.back().next(world, self)) return *action;
        for (; task_ < end_; ++task_) pool_.task_done(world);
        stage_ = Stage::kFetching;
        break;
    }
  }
}

const PythonThread* PoolProcess::waits_for(const PythonThread&) const {
  return stage_ == Stage::kRunningThreads ? threads_.back().waits_for() : pool_.main();
}

const PythonThread* ProcessPool::waits_for(const PythonThread&) const {
  for (const PythonThread* worker : workers_) {
    if (!worker->parked) return worker;
  }
  return workers_.front();
}

std::optional<std::pair<std::size_t, std::size_t>> ProcessPool::fetch() {
  if (!open_ || handed_out_ == record_.tasks()) return std::nullopt;
  const std::size_t begin = handed_out_;
  handed_out_ = std::min(begin + chunk_, record_.tasks());
  return std::pair{begin, handed_out_};
}

void ProcessPool::task_done(World& world) {
  if (++done_ == record_.tasks()) world.unpark(*main_);
}

Action ProcessPool::next_of_main(World& world) {
  Machine& machine = world.machine();
  for (;;) {
    switch (stage_) {
      case Stage::kCreating:
        stage_ = Stage::kStarting;
        return Action::native_held(machine.draw(costs_.create));
      case Stage::kStarting:
        stage_ = behaviours_.size() == static_cast<std::size_t>(configuration_.workers)
                     ? Stage::kMapping
                     : Stage::kStarted;
        if (stage_ == Stage::kMapping) break;
        return Action::native_held(machine.draw(costs_.create_per_worker));
      case Stage::kStarted:
        start_worker(world);
        stage_ = Stage::kStarting;
        break;
      case Stage::kMapping:
        open_ = true;
        for (PythonThread* worker : idle_) world.unpark(*worker);
        idle_.clear();
        stage_ = Stage::kCollecting;
        break;
      case Stage::kCollecting:
        if (done_ < record_.tasks()) return Action::park();
        stage_ = Stage::kShutdown;
        return Action::receive(machine.draw(costs_.shutdown));
      case Stage::kShutdown:
        return Action::exit();
    }
  }
}

void ProcessPool::start_worker(World& world) {
  const std::string name = "process " + std::to_string(behaviours_.size() + 1);
  PoolProcess& behaviour = behaviours_.emplace_back(*this, configuration_, record_, name);
  PythonThread& worker =
      world.create_thread(name, world.create_interpreter(), Layout::kChild, behaviour);
  workers_.push_back(&worker);
  world.start(worker);
}

}  // namespace

std::unique_ptr<Layer> make_process_pool(const Configuration& configuration, TaskTimes times) {
  const PoolParameters* const costs = start_costs_of(configuration);
  if (costs == nullptr) {
    throw std::invalid_argument("the profile has no costs of start method " +
                                std::string(name_of(configuration.start_method)) + " for " +
                                configuration.interpreter.version);
  }
  if (configuration.interpreter.messages) {
    return make_handled_pool(configuration, std::move(times));
  }
  return std::make_unique<ProcessPool>(configuration, std::move(times), *costs);
}

}  // namespace gilsim::model
