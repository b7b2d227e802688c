// Strategy `process_executor`: `with ProcessPoolExecutor(n) as executor: executor.map(f, tasks)`,
// or submit, as CPython 3.9 and later build it (Lib/concurrent/futures/process.py).
//
// submit() makes a future, wakes the manager thread through a pipe and, but under fork, starts a
// worker while none is idle; under fork the first submit starts all of them. The manager fills the
// call queue, which holds one call more than there are workers; a feeder thread pickles what is in
// it into the pipe of calls; the manager waits for results and wake-ups, sets futures and replaces
// workers that have done as many calls as they may. Both threads share the parent's lock.
// shutdown() wakes the manager, which sends each worker home, ends the feeder and joins all. Left
// out: callbacks, cancelled futures, exceptions, the garbage collector.
#include "models/process/process_executor.hpp"

#include <stdexcept>

#include "models/process/chunk_cost.hpp"
#include "models/process/pool_thread.hpp"
#include "models/program/interpreter_version.hpp"

namespace gilsim::model {
namespace {

class ProcessExecutor;

class Feeder final : public PoolThread {
 public:
  explicit Feeder(ProcessExecutor& executor) : executor_(executor) {}

 private:
  void plan(World& world, PythonThread& self) override;
  ProcessExecutor& executor_;
  bool rested_ = true;
};

class Manager final : public PoolThread {
 public:
  explicit Manager(ProcessExecutor& executor) : executor_(executor) {}

 private:
  enum class Stage {
    kFilling,
    kFilled,
    kReady,
    kReading,
    kClearing,
    kDeciding,
    kAwaitingEnd,
    kReplaced,
    kDismissing,
    kDismissed,
    kJoining,
    kOver,
  };

  void plan(World& world, PythonThread& self) override;
  void fill(Machine& machine);
  void read_results(Machine& machine);
  void clear(Machine& machine);
  void decide(World& world);
  void replace(World& world);
  void go_on();
  void dismiss(World& world);

  ProcessExecutor& executor_;
  Stage stage_ = Stage::kFilling;
  std::optional<Message> results_;
  std::size_t dismissed_ = 0;
  std::size_t to_dismiss_ = 0;
};

class ProcessExecutor final : public ProcessBatch {
 public:
  ProcessExecutor(const Configuration& configuration, TaskTimes times)
      : ProcessBatch(configuration, std::move(times),
                     configuration.interpreter.messages->executor->work),
        calls_(*configuration.interpreter.messages->executor),
        places_(configuration.workers + 1),
        done_(chunks(), false),
        feeder_(*this),
        manager_(*this) {}

  const ExecutorCalls& calls() const { return calls_; }
  Pipe& wakeups() { return wakeups_; }
  std::size_t workers() const { return static_cast<std::size_t>(configuration_.workers); }
  std::size_t alive() const { return workers_alive(); }
  bool is_gone(std::uint32_t worker) const { return has_ended(worker); }
  sim::Duration cost_of_start(Machine& machine) const { return start_of_worker(machine); }
  void start_one(World& world) { start_worker(world); }

  // For the manager.
  bool may_enqueue() const { return places_ > 0 && enqueued_ < submitted_; }
  bool has_place() const { return places_ > 0; }
  void enqueue_next(World& world) { enqueue(world, message_in_order(enqueued_++)); }
  void enqueue(World& world, const Message& message);
  void finish(World& world, const Message& results);
  void become_idle() { ++idle_; }
  bool take_idle() { return idle_ > 0 && idle_-- > 0; }
  bool has_finished() const { return finished_ == done_.size(); }
  // Versions that look for tokens before they replace a worker.
  bool trusts_tokens() const {
    return version_number(configuration_.interpreter.version) < VersionNumber{3, 14};
  }
  bool is_over() const override { return closing_ && finished_ == done_.size(); }
  void stop_feeder(World& world);
  bool feeder_has_stopped() const { return feeder_stopped_; }
  void manager_has_ended(World& world) {
    managed_ = true;
    world.unpark(*main_);
  }

  // For the feeder.
  std::optional<Message> next_to_feed();
  void feeder_stops(World& world) {
    feeder_stopped_ = true;
    world.unpark(*manager_thread_);
  }

  void place_is_free(World&) override { ++places_; }

 private:
  enum class Stage {
    kSharing,
    kCreating,
    kLaunching,
    kLaunched,
    kSubmitting,
    kSubmitted,
    kStartingOne,
    kStartedOne,
    kCollecting,
    kClosing,
    kJoining,
    kOver,
  };

  void plan_main(World& world) override;
  void launch_or_go_on(Machine& machine);
  void submit(World& world);
  void submitted_one(World& world);
  void collect(World& world);
  void notice_end(World& world, std::uint32_t) override {
    if (manager_thread_) world.unpark(*manager_thread_);
  }
  bool launches_all() const { return configuration_.start_method == StartMethod::kFork; }
  bool waits_for_each() const { return configuration_.pool.pattern == PoolPattern::kOneByOne; }

  const ExecutorCalls& calls_;
  Stage stage_ = Stage::kSharing;
  int places_;  // in the call queue
  int idle_ = 0;
  std::size_t submitted_ = 0;  // of the chunks
  std::size_t enqueued_ = 0;
  std::size_t finished_ = 0;
  std::size_t collected_ = 0;
  bool closing_ = false;
  bool managed_ = false;
  bool feeder_rests_ = false;
  bool feeder_stopped_ = false;
  std::vector<bool> done_;
  std::deque<Message> buffer_;        // of the call queue
  std::vector<std::size_t> arrived_;  // of a graph, in order
  std::optional<std::size_t> awaited_;
  Pipe wakeups_;
  Feeder feeder_;
  Manager manager_;
  PythonThread* feeder_thread_ = nullptr;
  PythonThread* manager_thread_ = nullptr;
};

// ---- The feeder

void Feeder::plan(World& world, PythonThread&) {
  Machine& machine = world.machine();
  const auto message = executor_.next_to_feed();
  if (!message) {
    if (rested_) return act(Action::park());
    rested_ = true;
    return python(machine.draw(executor_.calls().rest));
  }
  rested_ = false;
  if (message->kind == Message::Kind::kEnded) {
    executor_.feeder_stops(world);
    return act(Action::exit());
  }
  send_tasks(executor_, machine, *message, executor_.calls().feed);
}

// ---- The manager

void Manager::plan(World& world, PythonThread&) {
  Machine& machine = world.machine();
  switch (stage_) {
    case Stage::kFilling:
      fill(machine);
      break;
    case Stage::kFilled:
      executor_.enqueue_next(world);
      fill(machine);
      break;
    case Stage::kReady:
      read_results(machine);
      break;
    case Stage::kReading:
      results_ = executor_.result_pipe().pop();
      receive_results(executor_, machine, *results_, executor_.calls().collect);
      stage_ = Stage::kClearing;
      break;
    case Stage::kClearing:
      clear(machine);
      break;
    case Stage::kDeciding:
      decide(world);
      break;
    case Stage::kAwaitingEnd:
      replace(world);
      break;
    case Stage::kReplaced:
      executor_.start_one(world);
      go_on();
      break;
    case Stage::kDismissing:
    case Stage::kDismissed:
      dismiss(world);
      break;
    case Stage::kJoining:
      if (executor_.alive() > 0 || !executor_.feeder_has_stopped()) return act(Action::park());
      stage_ = Stage::kOver;
      python({});
      break;
    case Stage::kOver:
      executor_.manager_has_ended(world);
      act(Action::exit());
      break;
  }
}

void Manager::fill(Machine& machine) {
  if (executor_.may_enqueue()) {
    python(machine.draw(executor_.calls().enqueue));
    stage_ = Stage::kFilled;
    return;
  }
  const auto others = static_cast<std::int64_t>(executor_.alive()) - 2;
  const sim::Duration each = machine.draw(executor_.calls().wait_per_worker);
  python(std::max(machine.draw(executor_.calls().wait) + each * others, sim::Duration{}));
  poll({&executor_.result_pipe(), &executor_.wakeups()}, {});
  stage_ = Stage::kReady;
}

void Manager::read_results(Machine& machine) {
  results_.reset();
  if (executor_.result_pipe().is_empty()) {
    stage_ = Stage::kClearing;
    return python({});
  }
  read_header(executor_.result_pipe(), machine.draw(executor_.messages().read));
  stage_ = Stage::kReading;
}

void Manager::clear(Machine& machine) {
  if (executor_.wakeups().has_message()) {
    executor_.wakeups().pop();
    python(machine.draw(executor_.calls().wakeup));
    return read_header(executor_.wakeups(), machine.draw(executor_.messages().read));
  }
  stage_ = Stage::kDeciding;
  // Seeing that there is no further wake-up; beside a result that is part of its cost.
  python(results_ ? sim::Duration{} : machine.draw(executor_.calls().wakeup));
}

void Manager::decide(World& world) {
  if (results_) {
    executor_.finish(world, *results_);
    if (results_->last_of_worker) {
      stage_ = Stage::kAwaitingEnd;
      return python({});
    }
    executor_.become_idle();
    results_.reset();
  }
  go_on();
}

// A worker that has done its last call is joined and replaced. Before 3.14 it is not while there is
// a token of an idle worker; but tokens count results, not workers that are idle, and so the pool
// may run out of workers (cpython #115634: it hangs).
void Manager::replace(World& world) {
  if (!executor_.is_gone(results_->worker)) return act(Action::park());
  results_.reset();
  const bool needed = executor_.trusts_tokens() ? !executor_.take_idle() : !executor_.is_over();
  if (!needed) {
    if (executor_.alive() == 0 && !executor_.has_finished()) {
      throw std::invalid_argument(
          "with these numbers of tasks, workers and max_tasks_per_child a ProcessPoolExecutor of " +
          world.configuration().interpreter.version +
          " runs out of workers and hangs (cpython #115634, mended in 3.14); the strategy "
          "'processes' does not");
    }
    return go_on();
  }
  held(executor_.cost_of_start(world.machine()));
  stage_ = Stage::kReplaced;
}

void Manager::go_on() {
  stage_ = executor_.is_over() ? Stage::kDismissing : Stage::kFilling;
  to_dismiss_ = executor_.alive();
  python({});
}

void Manager::dismiss(World& world) {
  if (stage_ == Stage::kDismissed) {
    Message stop;
    stop.kind = Message::Kind::kStop;
    stop.bytes = executor_.messages().task.chunk;
    executor_.enqueue(world, stop);
    ++dismissed_;
  }
  if (dismissed_ == to_dismiss_) {
    executor_.stop_feeder(world);
    stage_ = Stage::kJoining;
    return python({});
  }
  python(world.machine().draw(executor_.calls().enqueue));
  stage_ = Stage::kDismissed;
}

// ---- What the threads share

void ProcessExecutor::enqueue(World& world, const Message& message) {
  --places_;
  buffer_.push_back(message);
  if (feeder_thread_ == nullptr) {
    feeder_thread_ =
        &world.create_thread("queue feeder", world.lock_of(*main_), Layout::kWorker, feeder_);
    world.start(*feeder_thread_);
  } else if (feeder_rests_) {
    feeder_rests_ = false;
    world.unpark(*feeder_thread_);
  }
}

std::optional<Message> ProcessExecutor::next_to_feed() {
  if (buffer_.empty()) {
    feeder_rests_ = true;
    return std::nullopt;
  }
  feeder_rests_ = false;
  const Message message = buffer_.front();
  buffer_.pop_front();
  return message;
}

void ProcessExecutor::stop_feeder(World& world) {
  Message end;
  end.kind = Message::Kind::kEnded;
  if (feeder_thread_ == nullptr) {
    feeder_stopped_ = true;
  } else {
    ++places_;
    enqueue(world, end);
  }
}

void ProcessExecutor::finish(World& world, const Message& results) {
  const std::size_t chunk = results.begin / message_of_chunk(0).end;
  done_[chunk] = true;
  ++finished_;
  if (ready_.is_graph()) arrived_.push_back(chunk);
  if (awaited_ && (ready_.is_graph() || *awaited_ == chunk)) world.unpark(*main_);
}

// ---- The main thread

void ProcessExecutor::plan_main(World& world) {
  Machine& machine = world.machine();
  switch (stage_) {
    case Stage::kSharing:
      main_script_.held(sharing(machine));
      stage_ = Stage::kCreating;
      break;
    case Stage::kCreating:
      main_script_.held(machine.draw(start_costs().executor_create.value_or(start_costs().create)));
      stage_ = launches_all() ? Stage::kLaunching : Stage::kSubmitting;
      break;
    case Stage::kLaunching:
      launch_or_go_on(machine);
      break;
    case Stage::kLaunched:
      start_worker(world);
      launch_or_go_on(machine);
      break;
    case Stage::kSubmitting: {
      const Message message = message_of_chunk(submitted_);
      main_script_.python(draw(machine, calls_.submit, message.end - message.begin));
      stage_ = Stage::kSubmitted;
      break;
    }
    case Stage::kSubmitted:
      submit(world);
      break;
    case Stage::kStartingOne:
      main_script_.held(start_of_worker(machine));
      stage_ = Stage::kStartedOne;
      break;
    case Stage::kStartedOne:
      start_worker(world);
      submitted_one(world);
      break;
    case Stage::kCollecting:
      collect(world);
      break;
    case Stage::kClosing:
      closing_ = true;
      main_script_.write(wakeups_, Message{}, machine.draw(messages_.write));
      stage_ = Stage::kJoining;
      break;
    case Stage::kJoining:
      if (!managed_) return main_script_.act(Action::park());
      main_script_.held(unsharing(machine));
      stage_ = Stage::kOver;
      break;
    case Stage::kOver:
      main_script_.act(Action::exit());
      break;
  }
}

void ProcessExecutor::launch_or_go_on(Machine& machine) {
  const bool all = workers_started() == workers();
  main_script_.held(all ? sim::Duration{} : start_of_worker(machine));
  stage_ = all ? Stage::kSubmitting : Stage::kLaunched;
}

void ProcessExecutor::submit(World& world) {
  ++submitted_;
  main_script_.write(wakeups_, Message{}, world.machine().draw(messages_.write));
  if (!launches_all() && !take_idle() && workers_alive() < workers()) {
    stage_ = Stage::kStartingOne;
    return;
  }
  submitted_one(world);
}

void ProcessExecutor::submitted_one(World& world) {
  if (manager_thread_ == nullptr) {
    manager_thread_ =
        &world.create_thread("manager", world.lock_of(*main_), Layout::kWorker, manager_);
    world.start(*manager_thread_);
  }
  const std::size_t all = ready_.is_graph() ? ready_.count() : done_.size();
  const bool more = submitted_ < all && !waits_for_each();
  stage_ = more ? Stage::kSubmitting : Stage::kCollecting;
  main_script_.python({});
}

void ProcessExecutor::collect(World& world) {
  awaited_.reset();
  if (collected_ == done_.size()) {
    stage_ = Stage::kClosing;
    return main_script_.python({});
  }
  if (ready_.is_graph() && collected_ < arrived_.size()) {
    ready_.done(arrived_[collected_++]);
    main_script_.python(world.machine().draw(calls_.result));
    if (submitted_ < ready_.count()) stage_ = Stage::kSubmitting;
    return;
  }
  if (ready_.is_graph() || !done_[collected_]) {
    awaited_ = collected_;
    return main_script_.act(Action::park());
  }
  main_script_.python(world.machine().draw(calls_.result));
  const Message tasks = message_of_chunk(collected_++);
  for (std::size_t task = tasks.begin; task < tasks.end; ++task) handle(world, task);
  if (waits_for_each() && submitted_ < done_.size()) stage_ = Stage::kSubmitting;
}

}  // namespace

std::unique_ptr<Layer> make_process_executor(const Configuration& configuration, TaskTimes times) {
  const auto& messages = configuration.interpreter.messages;
  if (!messages || !messages->executor) {
    throw std::invalid_argument("the profile has no costs of a ProcessPoolExecutor for " +
                                configuration.interpreter.version);
  }
  return std::make_unique<ProcessExecutor>(configuration, std::move(times));
}

}  // namespace gilsim::model
