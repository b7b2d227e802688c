#include "tests/support/reference_model.hpp"

#include <limits>

#include "tests/support/reference_python.hpp"

namespace gilsim::test {
namespace {

using model::Action;
using sim::Duration;

class Run {
 public:
  Run(const model::Configuration& configuration, Nanoseconds tick_phase)
      : c_(configuration),
        machine_(configuration.machine, tick_phase),
        notice_(Duration::from_seconds(1.0 / configuration.interpreter.rates.main.median).count()) {
  }

  model::Outcome looping_threads();
  model::Outcome batch();

 private:
  RefLock& new_lock() {
    return locks_.emplace_back(machine_, c_.machine, c_.switch_interval.count(), notice_,
                               c_.interpreter.signal_stolen.median >= 1);
  }
  RefPython& new_thread(RefLock& lock, std::function<Task(RefPython&)> program);
  Task steps(RefPython& self, const std::vector<model::Step>& program);
  Task loop(RefPython& self, std::size_t index);

  Task main_sequential(RefPython& self);
  Task main_threads(RefPython& self);
  Task worker_thread(RefPython& self, std::size_t index);
  Task main_processes(RefPython& self);
  Task worker_process(RefPython& self);
  Task start_worker_thread(RefPython& self);
  void wake_one_idle();
  void begin_wall() { began_ = machine_.now(); }
  void end_wall() { wall_ = Duration::nanoseconds(machine_.now() - began_); }

  model::Outcome books() const;

  const model::Configuration& c_;
  mutable RefMachine machine_;
  const Nanoseconds notice_;
  std::deque<RefLock> locks_;
  std::deque<RefPython> python_;
  std::deque<std::function<Task(RefPython&)>> programs_;
  std::vector<std::int64_t> rounds_;

  Nanoseconds began_ = 0;
  Duration wall_;
  RefPython* main_ = nullptr;
  int submitted_ = 0, fetched_ = 0, done_count_ = 0, awaited_task_ = -1;
  std::vector<bool> done_, started_, exited_;
  std::size_t awaited_worker_ = std::numeric_limits<std::size_t>::max();
  std::deque<RefPython*> idle_;
  bool open_ = false, closing_ = false;
};

// The program starts and ends with the lock, and the thread lets go of it as it exits.
RefPython& Run::new_thread(RefLock& lock, std::function<Task(RefPython&)> program) {
  RefPython& python = python_.emplace_back(RefPython{machine_, lock});
  auto& kept = programs_.emplace_back(std::move(program));
  // A coroutine's parameters are kept in its frame; what a lambda captures is not.
  const auto whole = [](RefPython& self, std::function<Task(RefPython&)>& body) -> Task {
    co_await self.begin();
    co_await body(self);
    co_await self.act(Action::exit());
  };
  python.thread = &machine_.create([&](RefThread& thread) {
    python.thread = &thread;
    return whole(python, kept);
  });
  return python;
}

Task Run::steps(RefPython& self, const std::vector<model::Step>& program) {
  using model::WaitVia;
  for (const model::Step& step : program) {
    const Duration time =
        std::visit([](const auto& s) { return std::get<model::Constant>(s.time).value; }, step);
    if (std::holds_alternative<model::PythonStep>(step)) {
      co_await self.act(Action::python(time));
    } else if (const auto* native = std::get_if<model::NativeStep>(&step)) {
      co_await self.act(native->lock == model::LockMode::kHeld ? Action::native_held(time)
                                                               : Action::native_released(time));
    } else {
      const WaitVia via = std::get<model::WaitStep>(step).via;
      const model::WaitCosts& costs = c_.interpreter.waits;
      const model::WaitCost& cost = via == WaitVia::kSleep    ? costs.sleep
                                    : via == WaitVia::kSocket ? costs.socket
                                                              : costs.udp;
      const Duration whole = time + cost.latency.median;
      if (via == WaitVia::kSleep) {
        co_await self.act(Action::sleep(whole, cost.cpu.median));
      } else {
        co_await self.act(Action::native_released(cost.call.median));
        co_await self.act(Action::receive(whole, cost.cpu.median));
      }
    }
  }
}

model::Outcome Run::books() const {
  model::Outcome outcome;
  outcome.wall = wall_;
  for (const RefThread& thread : machine_.threads()) {
    outcome.cpu += Duration::nanoseconds(thread.cpu);
    outcome.voluntary_switches += thread.voluntary;
    outcome.involuntary_switches += thread.involuntary;
  }
  for (const RefLock& lock : locks_) {
    outcome.lock_handovers += lock.switch_number;
    outcome.forced_drops += lock.forced_drops;
  }
  return outcome;
}

// ---- Looping threads

Task Run::loop(RefPython& self, std::size_t index) {
  for (;;) {
    co_await steps(self, c_.threads[index].program);
    ++rounds_[index];
  }
}

model::Outcome Run::looping_threads() {
  RefLock& lock = new_lock();
  rounds_.resize(c_.threads.size());
  for (std::size_t i = 0; i < c_.threads.size(); ++i) {
    machine_.start(*new_thread(lock, [this, i](RefPython& self) { return loop(self, i); }).thread);
  }
  machine_.run_until(c_.duration.count());
  wall_ = c_.duration;
  model::Outcome outcome = books();
  for (std::size_t i = 0; i < c_.threads.size(); ++i) {
    auto& thread = outcome.threads.emplace_back();
    thread.name = c_.threads[i].name;
    thread.operations = rounds_[i];
    thread.cpu = Duration::nanoseconds(python_[i].thread->cpu);
  }
  return outcome;
}

// ---- Batches

model::Outcome Run::batch() {
  using model::StrategyKind;
  const auto program = c_.strategy == StrategyKind::kSequential ? &Run::main_sequential
                       : c_.strategy == StrategyKind::kThreads  ? &Run::main_threads
                                                                : &Run::main_processes;
  done_.resize(static_cast<std::size_t>(c_.batch.tasks));
  main_ =
      &new_thread(new_lock(), [this, program](RefPython& self) { return (this->*program)(self); });
  machine_.start(*main_->thread);
  machine_.run_until(std::numeric_limits<Nanoseconds>::max());
  model::Outcome outcome = books();
  outcome.threads.push_back({"task", done_count_, {}, outcome.cpu});
  return outcome;
}

Task Run::main_sequential(RefPython& self) {
  begin_wall();
  for (int i = 0; i < c_.batch.tasks; ++i) {
    co_await steps(self, c_.batch.task);
    ++done_count_;
  }
  end_wall();
}

// with ThreadPoolExecutor(n) as executor: list(executor.map(f, tasks))
Task Run::main_threads(RefPython& self) {
  begin_wall();
  for (int i = 0; i < c_.batch.tasks; ++i) {
    co_await self.act(Action::python(c_.interpreter.submit.median));
    ++submitted_;
    if (!idle_.empty()) {
      wake_one_idle();
    } else if (started_.size() < static_cast<std::size_t>(c_.workers)) {
      co_await start_worker_thread(self);
    }
  }
  for (int i = 0; i < c_.batch.tasks; ++i) {
    while (!done_[static_cast<std::size_t>(i)]) {
      awaited_task_ = i;
      co_await self.act(Action::park());
    }
  }
  awaited_task_ = -1;
  closing_ = true;
  wake_one_idle();
  for (std::size_t i = 0; i < exited_.size(); ++i) {
    while (!exited_[i]) {
      awaited_worker_ = i;
      co_await self.act(Action::park());
    }
  }
  end_wall();
}

// Thread.start() waits until the new thread has run.
Task Run::start_worker_thread(RefPython& self) {
  const std::size_t index = started_.size();
  started_.push_back(false);
  exited_.push_back(false);
  RefPython& worker = new_thread(
      self.lock, [this, index](RefPython& python) { return worker_thread(python, index); });
  const model::MachineParameters& m = c_.machine;
  self.thread->debt += m.thread_create.median.count();
  machine_.start(*worker.thread);
  awaited_worker_ = index;
  const Duration rest = c_.interpreter.thread_start.median - m.thread_create.median -
                        m.futex_wake.front().latency.median * 2;
  co_await self.act(Action::python(std::max(rest, Duration{})));
  while (!started_[index]) co_await self.act(Action::park());
  awaited_worker_ = std::numeric_limits<std::size_t>::max();
}

void Run::wake_one_idle() {
  if (idle_.empty()) return;
  RefPython* const worker = idle_.front();
  idle_.pop_front();
  worker->unpark();
}

Task Run::worker_thread(RefPython& self, std::size_t index) {
  started_[index] = true;
  if (awaited_worker_ == index) main_->unpark();
  for (;;) {
    if (fetched_ < submitted_) {
      const int task = fetched_++;
      co_await self.act(Action::python(c_.interpreter.task.median));
      co_await steps(self, c_.batch.task);
      done_[static_cast<std::size_t>(task)] = true;
      ++done_count_;
      if (awaited_task_ == task) main_->unpark();
    } else if (closing_) {
      exited_[index] = true;
      wake_one_idle();
      if (awaited_worker_ == index) main_->unpark();
      co_return;
    } else {
      idle_.push_back(&self);
      co_await self.act(Action::park());
    }
  }
}

// with multiprocessing.Pool(n) as pool: pool.map(f, tasks, chunk_size)
Task Run::main_processes(RefPython& self) {
  begin_wall();
  const model::PoolParameters& costs = *c_.interpreter.pools.fork;
  co_await self.act(Action::native_held(costs.create.median));
  for (int i = 0; i < c_.workers; ++i) {
    co_await self.act(Action::native_held(costs.create_per_worker.median));
    machine_.start(*new_thread(new_lock(), [this](RefPython& python) {
                      return worker_process(python);
                    }).thread);
  }
  open_ = true;
  while (!idle_.empty()) wake_one_idle();
  while (done_count_ < c_.batch.tasks) co_await self.act(Action::park());
  co_await self.act(Action::receive(costs.shutdown.median));
  end_wall();
}

Task Run::worker_process(RefPython& self) {
  const model::PoolParameters& costs = *c_.interpreter.pools.fork;
  co_await self.act(Action::native_held(costs.worker_ready.median));
  for (;;) {
    if (open_ && fetched_ < c_.batch.tasks) {
      const int tasks = std::min(model::chunk_size_of(c_), c_.batch.tasks - fetched_);
      fetched_ += tasks;
      co_await self.act(Action::python(costs.chunk.median));
      for (int i = 0; i < tasks; ++i) {
        co_await self.act(Action::python(costs.item.median));
        co_await steps(self, c_.batch.task);
        if (++done_count_ == c_.batch.tasks) main_->unpark();
      }
    } else {
      idle_.push_back(&self);
      co_await self.act(Action::park());
    }
  }
}

}  // namespace

model::Outcome reference_outcome(const model::Configuration& configuration, std::uint64_t seed,
                                 std::uint64_t replication) {
  // The one thing it cannot know by itself: where in the first tick the run begins.
  const double share = sim::RandomStream(seed, replication, "machine").uniform();
  Run run(configuration, configuration.machine.tick.scaled(share).count());
  return configuration.is_batch() ? run.batch() : run.looping_threads();
}

}  // namespace gilsim::test
