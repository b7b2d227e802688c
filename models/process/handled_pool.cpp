// Strategy `processes`: `with multiprocessing.Pool(n) as pool: pool.map(f, tasks, chunk_size)`, or
// imap, imap_unordered, apply_async, as CPython builds it (Lib/multiprocessing/pool.py, 3.8 on).
//
// The parent starts its workers one after another, then its handler threads, which share its lock:
// the task handler pickles chunks into the pipe of tasks, the result handler reads the pipe of
// results, and the worker handler, woken by every result too, looks after the workers and replaces
// those that have done as many chunks as they may. It only polls the pipe of results: as long as
// one lies unread it looks again and again, taking the lock, and a core, from who is to read it. In
// each turn it makes system calls without the lock: one for each worker (waitpid), two polls; the
// second one of a queue into which the result handler puts a message when nothing is left to be
// done. When the last result has been taken, the parent terminates and joins the workers
// (Pool.__exit__). Left out: callbacks, exceptions, the thread that joins a worker whose task was
// killed.
#include "models/process/handled_pool.hpp"

#include <algorithm>

#include "models/process/pool_thread.hpp"

namespace gilsim::model {
namespace {

class HandledPool;

// Of a turn of the worker handler: one that took no time would go round for ever.
constexpr sim::Duration kLeast = sim::Duration::microseconds(1);

class TaskHandler final : public PoolThread {
 public:
  explicit TaskHandler(HandledPool& pool) : pool_(pool) {}

 private:
  void plan(World& world, PythonThread& self) override;
  HandledPool& pool_;
};

class ResultHandler final : public PoolThread {
 public:
  explicit ResultHandler(HandledPool& pool) : pool_(pool) {}

 private:
  enum class Stage { kWaiting, kReading, kFiling };

  void plan(World& world, PythonThread& self) override;
  void tell_worker_handler(Machine& machine);
  HandledPool& pool_;
  Stage stage_ = Stage::kWaiting;
  Message results_;
};

class WorkerHandler final : public ScriptedThread {
 public:
  explicit WorkerHandler(HandledPool& pool) : pool_(pool) {}

 private:
  void plan(World& world, PythonThread& self) override;
  void look(World& world);
  void clear(Machine& machine);
  HandledPool& pool_;
  // Of a turn, from the first poll to the second. How a turn is split was not measured: each is
  // split anew, or else who tries to take the lock in its gaps would come at the same point again
  // and again.
  sim::Duration after_;
  bool polled_ = false;
};

// What the kernel has to do when a worker with a part in the parent's heap is killed.
class Teardown final : public Behaviour {
 public:
  Teardown(HandledPool& pool, sim::Duration time) : pool_(pool), time_(time) {}
  Action next(World& world, PythonThread& self) override;

 private:
  HandledPool& pool_;
  const sim::Duration time_;
  bool done_ = false;
};

class HandledPool final : public ProcessBatch {
 public:
  HandledPool(const Configuration& configuration, TaskTimes times)
      : ProcessBatch(configuration, std::move(times),
                     configuration.interpreter.messages->pool.work),
        calls_(configuration.interpreter.messages->pool),
        pattern_(configuration.pool.pattern),
        done_(chunks(), false),
        task_handler_(*this),
        result_handler_(*this),
        worker_handler_(*this) {}

  const PoolCalls& calls() const { return calls_; }
  std::size_t workers() const { return static_cast<std::size_t>(configuration_.workers); }
  // For the handlers; each is called by the one that it is for.
  std::optional<Message> next_to_send() {
    if (sent_ == submitted_) return std::nullopt;
    return message_in_order(sent_++);
  }
  void file(World& world, const Message& results);
  Pipe& news() { return news_; }
  Pipe& no_jobs() { return no_jobs_; }
  // With the results just filed.
  bool is_without_jobs() const {
    return is_submitted_singly() ? filed_ == submitted_ : filed_ == done_.size();
  }
  bool lacks_workers() const { return workers_alive() < workers(); }
  sim::Duration cost_of_start(Machine& machine) const { return start_of_worker(machine); }
  void replace_worker(World& world) { start_worker(world); }
  void torn_down(World& world) {
    if (--tearing_down_ == 0) world.unpark(*main_);
  }

 private:
  enum class Stage {
    kSharing,
    kCreating,
    kStarting,
    kStarted,
    kReady,
    kSubmitting,
    kSubmitted,
    kCollecting,
    kHandlingAll,
    kClosing,
    kTearingDown,
    kUnsharing,
    kOver,
  };

  void plan_main(World& world) override;
  void start_or_go_on(Machine& machine);
  void start_handlers(World& world);
  void submit(World& world);
  void collect(World& world);
  void handle_chunk(World& world, std::size_t chunk);
  void take_arrival(World& world, std::size_t task);
  void begin_teardown(World& world);
  void notice_end(World& world, std::uint32_t worker) override;
  bool all_done() const { return filed_ == done_.size(); }
  bool is_submitted_singly() const {
    return pattern_ == PoolPattern::kSubmit || pattern_ == PoolPattern::kOneByOne ||
           ready_.is_graph();
  }

  const PoolCalls& calls_;
  const PoolPattern pattern_;
  Stage stage_ = Stage::kSharing;
  std::size_t submitted_ = 0;  // of the chunks
  std::size_t sent_ = 0;
  std::size_t filed_ = 0;
  std::size_t collected_ = 0;
  std::size_t tearing_down_ = 0;
  std::vector<bool> done_;
  std::deque<std::size_t> in_order_of_arrival_;
  std::optional<std::size_t> awaited_;  // by the main thread: a chunk, or any for imap_unordered
  Pipe news_;                           // a byte for each worker that has ended
  Pipe no_jobs_;                        // a message whenever nothing is left to be done
  TaskHandler task_handler_;
  ResultHandler result_handler_;
  WorkerHandler worker_handler_;
  PythonThread* task_handler_thread_ = nullptr;
  std::deque<Teardown> teardowns_;
};

// ---- The handlers

void TaskHandler::plan(World& world, PythonThread&) {
  const auto message = pool_.next_to_send();
  if (!message) return act(Action::park());
  send_tasks(pool_, world.machine(), *message, pool_.calls().feed);
}

void ResultHandler::plan(World& world, PythonThread&) {
  Machine& machine = world.machine();
  switch (stage_) {
    case Stage::kWaiting:
      read_header(pool_.result_pipe(), machine.draw(pool_.messages().read));
      stage_ = Stage::kReading;
      break;
    case Stage::kReading:
      results_ = pool_.result_pipe().pop();
      receive_results(pool_, machine, results_, pool_.calls().collect);
      stage_ = Stage::kFiling;
      break;
    case Stage::kFiling:
      pool_.file(world, results_);
      if (pool_.calls().maintain && pool_.is_without_jobs()) tell_worker_handler(machine);
      read_header(pool_.result_pipe(), machine.draw(pool_.messages().read));
      stage_ = Stage::kReading;
      break;
  }
}

// _PoolCache.__delitem__(): puts a message into a queue, which costs about what sending a chunk
// does.
void ResultHandler::tell_worker_handler(Machine& machine) {
  Message message;
  message.bytes = pool_.messages().task.item;
  python(machine.draw(pool_.calls().feed.chunk));
  write(pool_.no_jobs(), message, machine.draw(pool_.messages().write));
}

void WorkerHandler::plan(World& world, PythonThread&) {
  polled_ ? clear(world.machine()) : look(world);
}

void WorkerHandler::look(World& world) {
  Machine& machine = world.machine();
  pool_.news().drain_all(world);
  if (pool_.lacks_workers()) {
    held(pool_.cost_of_start(machine));
    pool_.replace_worker(world);
  }
  const ChunkCost& maintain = *pool_.calls().maintain;
  const sim::Duration call = machine.draw(pool_.messages().read);
  const sim::Duration each = std::max(machine.draw(maintain.item) - call, {});
  for (std::size_t i = 0; i < pool_.workers(); ++i) {
    python(each);
    act(Action::native_released(call));
  }
  const sim::Duration beside =
      std::max(machine.draw(maintain.chunk) - call * static_cast<std::int64_t>(2), kLeast);
  const sim::Duration before = beside.scaled(machine.uniform());
  after_ = beside - before;
  python(before);
  poll({&pool_.result_pipe(), &pool_.news(), &pool_.no_jobs()}, call);
  polled_ = true;
}

void WorkerHandler::clear(Machine& machine) {
  python(after_);
  act(Action::native_released(machine.draw(pool_.messages().read)));
  polled_ = pool_.no_jobs().has_message();
  if (!polled_) return;
  const Message message = pool_.no_jobs().pop();
  read_header(pool_.no_jobs(), machine.draw(pool_.messages().read));
  read(pool_.no_jobs(), message.bytes, machine.draw(pool_.messages().read));
}

Action Teardown::next(World& world, PythonThread&) {
  if (!done_) {
    done_ = true;
    return Action::native_released(time_);
  }
  pool_.torn_down(world);
  return Action::exit();
}

// ---- The main thread

void HandledPool::plan_main(World& world) {
  Machine& machine = world.machine();
  switch (stage_) {
    case Stage::kSharing:
      main_script_.held(sharing(machine));
      stage_ = Stage::kCreating;
      break;
    case Stage::kCreating:
      main_script_.held(machine.draw(start_costs().create));
      stage_ = Stage::kStarting;
      break;
    case Stage::kStarting:
      start_or_go_on(machine);
      break;
    case Stage::kStarted:
      start_worker(world);
      start_or_go_on(machine);
      break;
    case Stage::kReady:
      start_handlers(world);
      stage_ = Stage::kSubmitting;
      main_script_.python({});
      break;
    case Stage::kSubmitting:
      main_script_.python(is_submitted_singly() ? machine.draw(calls_.submit) : sim::Duration{});
      stage_ = Stage::kSubmitted;
      break;
    case Stage::kSubmitted:
      submit(world);
      break;
    case Stage::kCollecting:
      collect(world);
      break;
    case Stage::kHandlingAll:
      for (std::size_t task = 0; task < record_.tasks(); ++task) handle(world, task);
      main_script_.python({});
      stage_ = Stage::kClosing;
      break;
    case Stage::kClosing:
      begin_teardown(world);
      break;
    case Stage::kTearingDown:
      if (tearing_down_ > 0) return main_script_.act(Action::park());
      main_script_.act(Action::receive(machine.draw(start_costs().shutdown)));
      stage_ = Stage::kUnsharing;
      break;
    case Stage::kUnsharing:
      main_script_.held(unsharing(machine));
      stage_ = Stage::kOver;
      break;
    case Stage::kOver:
      main_script_.act(Action::exit());
      break;
  }
}

void HandledPool::start_or_go_on(Machine& machine) {
  const bool all = workers_started() == workers();
  main_script_.held(all ? sim::Duration{} : start_of_worker(machine));
  stage_ = all ? Stage::kReady : Stage::kStarted;
}

void HandledPool::start_handlers(World& world) {
  InterpreterLock& lock = world.lock_of(*main_);
  const auto start = [&](const char* name, Behaviour& handler) -> PythonThread& {
    PythonThread& thread = world.create_thread(name, lock, Layout::kWorker, handler);
    world.start(thread);
    return thread;
  };
  if (calls_.maintain) start("worker handler", worker_handler_);
  task_handler_thread_ = &start("task handler", task_handler_);
  start("result handler", result_handler_);
}

void HandledPool::submit(World& world) {
  submitted_ = is_submitted_singly() ? submitted_ + 1 : done_.size();
  world.unpark(*task_handler_thread_);
  const std::size_t all = ready_.is_graph() ? ready_.count() : done_.size();
  const bool more = (pattern_ == PoolPattern::kSubmit || ready_.is_graph()) && submitted_ < all;
  stage_ = more ? Stage::kSubmitting : Stage::kCollecting;
  main_script_.python({});
}

void HandledPool::collect(World& world) {
  awaited_.reset();
  if (collected_ == done_.size()) {
    stage_ = Stage::kClosing;
    return main_script_.python({});
  }
  if (ready_.is_graph()) {
    if (collected_ < in_order_of_arrival_.size()) {
      return take_arrival(world, in_order_of_arrival_[collected_++]);
    }
  } else if (pattern_ == PoolPattern::kMap) {
    if (all_done()) {
      stage_ = Stage::kHandlingAll;
      return main_script_.python({});
    }
  } else if (pattern_ == PoolPattern::kImapUnordered) {
    if (collected_ < in_order_of_arrival_.size()) {
      return handle_chunk(world, in_order_of_arrival_[collected_++]);
    }
  } else if (done_[collected_]) {
    return handle_chunk(world, collected_++);
  }
  awaited_ = collected_;
  main_script_.act(Action::park());
}

void HandledPool::handle_chunk(World& world, std::size_t chunk) {
  main_script_.python(world.machine().draw(calls_.result));
  const Message tasks = message_of_chunk(chunk);
  for (std::size_t task = tasks.begin; task < tasks.end; ++task) handle(world, task);
  const bool next = pattern_ == PoolPattern::kOneByOne && submitted_ < done_.size();
  stage_ = next ? Stage::kSubmitting : Stage::kCollecting;
}

// Submits the tasks of a graph that waited for this one.
void HandledPool::take_arrival(World& world, std::size_t task) {
  ready_.done(task);
  main_script_.python(world.machine().draw(calls_.result));
  stage_ = submitted_ < ready_.count() ? Stage::kSubmitting : Stage::kCollecting;
}

void HandledPool::file(World& world, const Message& results) {
  const std::size_t chunk = results.begin / message_of_chunk(0).end;
  done_[chunk] = true;
  ++filed_;
  in_order_of_arrival_.push_back(chunk);
  if (!awaited_) return;
  const bool is_awaited = ready_.is_graph()                         ? true
                          : pattern_ == PoolPattern::kMap           ? all_done()
                          : pattern_ == PoolPattern::kImapUnordered ? true
                                                                    : chunk == *awaited_;
  if (is_awaited) world.unpark(*main_);
}

void HandledPool::begin_teardown(World& world) {
  stage_ = Stage::kTearingDown;
  main_script_.python({});
  const sim::Duration time = teardown_of_heap(world.machine());
  if (time == sim::Duration{}) return;
  for (std::size_t i = 0; i < workers_alive(); ++i) {
    Teardown& teardown = teardowns_.emplace_back(*this, time);
    PythonThread& thread =
        world.create_thread("end of process " + std::to_string(i + 1), world.create_interpreter(),
                            Layout::kChild, teardown);
    ++tearing_down_;
    world.start(thread);
  }
}

void HandledPool::notice_end(World& world, std::uint32_t) { news_.fill(world, 1); }

}  // namespace

std::unique_ptr<Layer> make_handled_pool(const Configuration& configuration, TaskTimes times) {
  return std::make_unique<HandledPool>(configuration, std::move(times));
}

}  // namespace gilsim::model
