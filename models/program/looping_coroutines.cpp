#include "models/program/looping_coroutines.hpp"

namespace gilsim::model {

Action LoopingCoroutines::next(World& world, PythonThread& self) {
  if (!began_) {
    began_ = true;
    thread_ = self.id();
    for (std::uint32_t i = 0; i < tasks_.size(); ++i) loop_.resume_soon(i);
  }
  return *loop_.next(world, self);  // which never stops
}

Await LoopingCoroutines::next_of(World& world, std::uint32_t number) {
  Task& task = tasks_[number];
  if (!task.running) begin_round(task, world.now());
  for (;;) {
    if (const auto await = task.coroutine.next(program_, world, loop_.costs())) return *await;
    complete_(thread_, world.now() - task.began);
    begin_round(task, world.now());
  }
}

void LoopingCoroutines::begin_round(Task& task, sim::Time now) {
  task.running = true;
  task.began = now;
  task.coroutine.begin(rounds_.of(round_));
  round_ = rounds_.after(round_);
}

}  // namespace gilsim::model
