#include "models/process/worker_process.hpp"

namespace gilsim::model {

void WorkerProcess::plan(World& world, PythonThread& self) {
  Machine& machine = world.machine();
  switch (stage_) {
    case Stage::kStarting:
      held(machine.draw(batch_.start_costs().worker_ready));
      stage_ = Stage::kFetching;
      break;
    case Stage::kFetching:
      take(batch_.reading());
      read_header(batch_.task_pipe(), machine.draw(batch_.messages().read));
      stage_ = Stage::kWaiting;
      break;
    case Stage::kWaiting:
      chunk_ = batch_.task_pipe().pop();
      receive(batch_, machine, batch_.task_pipe(), batch_.arguments(), chunk_);
      stage_ = Stage::kReceived;
      break;
    case Stage::kReceived:
      batch_.reading().post(world);
      batch_.place_is_free(world);
      if (chunk_.kind == Message::Kind::kStop) {
        stage_ = Stage::kEnding;
        return act(Action::python({}));
      }
      begin_chunk(world);
      stage_ = Stage::kNextTask;
      break;
    case Stage::kNextTask:
      if (configuration_.strategy == StrategyKind::kHybrid) return begin_threads(world);
      begin_task(world);
      stage_ = Stage::kRunning;
      break;
    case Stage::kRunning:
      if (const auto action = runner_.next(world)) return act(*action);
      stage_ = ++task_ == chunk_.end ? Stage::kSending : Stage::kNextTask;
      act(Action::python({}));
      break;
    case Stage::kRunningThreads:
      if (const auto action = threads_.back().next(world, self)) return act(*action);
      stage_ = Stage::kSending;
      act(Action::python({}));
      break;
    case Stage::kSending:
      send(machine);
      stage_ = Stage::kSent;
      break;
    case Stage::kSent:
      batch_.writing().post(world);
      stage_ = chunk_.last_of_worker ? Stage::kEnding : Stage::kFetching;
      act(Action::python({}));
      break;
    case Stage::kEnding:
      stage_ = Stage::kEnded;
      act(Action::native_released(batch_.exit_of_worker(machine)));
      break;
    case Stage::kEnded:
      batch_.worker_has_ended(world, index_);
      act(Action::exit());
      break;
  }
}

void WorkerProcess::begin_chunk(World& world) {
  Machine& machine = world.machine();
  task_ = chunk_.begin;
  ++chunks_done_;
  const int most = batch_.most_chunks_of_a_worker();
  chunk_.last_of_worker = most > 0 && chunks_done_ == most;
  work_ = machine.draw(batch_.work().chunk).scaled(0.5);
  python(work_);
  const sim::Duration unpickle = batch_.arguments().unpickle(machine, chunk_.end - chunk_.begin);
  if (unpickle > sim::Duration{}) held(unpickle);
  if (!attached_) held(batch_.attaching(machine));
  attached_ = true;
}

void WorkerProcess::begin_task(World& world) {
  Machine& machine = world.machine();
  runner_.begin(task_, world.now());
  python(machine.draw(batch_.work().item));
  const sim::Duration shared = batch_.shared_memory_of_a_task(machine);
  if (shared > sim::Duration{}) held(shared);
}

void WorkerProcess::begin_threads(World& world) {
  Machine& machine = world.machine();
  stage_ = Stage::kRunningThreads;
  threads_.emplace_back(
      configuration_, batch_.record(), chunk_.begin, chunk_.end,
      ThreadPool::of_process(configuration_, "process " + std::to_string(index_ + 1)));
  python(machine.draw(batch_.work().item));
  for (std::size_t task = chunk_.begin; task < chunk_.end; ++task) {
    const sim::Duration shared = batch_.shared_memory_of_a_task(machine);
    if (shared > sim::Duration{}) held(shared);
  }
}

const PythonThread* WorkerProcess::waits_for(const PythonThread& self) const {
  return stage_ == Stage::kRunningThreads ? threads_.back().waits_for()
                                          : Behaviour::waits_for(self);
}

void WorkerProcess::send(Machine& machine) {
  const std::size_t tasks = chunk_.end - chunk_.begin;
  python(work_);
  const sim::Duration pickle = batch_.results().pickle(machine, tasks);
  if (pickle > sim::Duration{}) held(pickle);
  Message result = chunk_;
  result.worker = index_;
  result.bytes = batch_.results().bytes(tasks);
  take(batch_.writing());
  const sim::Duration piece = batch_.results().pieces(machine, result.bytes).write;
  write(batch_.result_pipe(), result, machine.draw(batch_.messages().write), piece);
}

}  // namespace gilsim::model
