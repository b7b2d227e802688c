#include "models/program/task_runner.hpp"

namespace gilsim::model {

void BatchLayer::begin(World& world) {
  main_ = &world.create_thread("main", world.create_interpreter(), Layout::kMain, *this);
  world.start(*main_);
}

Action BatchLayer::next(World& world, PythonThread&) {
  if (!began_once_) {
    began_once_ = true;
    began_ = world.now();
  }
  const Action action = next_of_main(world);
  if (action.kind == Action::Kind::kExit) {
    over_ = true;
    ended_ = world.now();
    if (world.configuration().machine.background) world.stop();  // which would go on for ever
  }
  return action;
}

std::vector<ThreadOutcome> BatchLayer::outcomes(const std::vector<sim::Duration>& cpu) {
  LawChecker::compare_tasks(record_.times_done);
  ThreadOutcome task;
  task.name = "task";
  task.operations = static_cast<std::int64_t>(record_.latencies.size());
  task.latencies = record_.latencies;
  for (const sim::Duration of_thread : cpu) task.cpu += of_thread;
  return {std::move(task)};
}

}  // namespace gilsim::model
