#include "models/program/offload_pool.hpp"

#include <algorithm>

namespace gilsim::model {

class OffloadPool::Worker final : public Behaviour {
 public:
  explicit Worker(OffloadPool& pool)
      : pool_(pool), run_(pool.configuration_.interpreter.asyncio->to_thread.run) {}

  Action next(World& world, PythonThread& self) override {
    for (;;) {
      switch (stage_) {
        case Stage::kFetching:
          if (!pool_.jobs_.empty()) {
            begin(pool_.jobs_.front());
            pool_.jobs_.pop_front();
            return Action::python(world.machine().draw(run_));
          }
          if (pool_.closing_) return end(world);
          pool_.idle_.push_back(&self);
          return Action::park();
        case Stage::kRunning:
          if (const auto action = cursor_->next(world.machine(), world.costs_of_waits())) {
            return *action;
          }
          stage_ = Stage::kTelling;
          return Action::short_call(
              world.machine().draw(world.configuration().machine.system_call));
        case Stage::kTelling:
          pool_.client_.offload_done(world, job_.task);
          stage_ = Stage::kFetching;
          break;
      }
    }
  }
  const PythonThread* waits_for(const PythonThread&) const override { return pool_.submitter_; }

 private:
  enum class Stage { kFetching, kRunning, kTelling };

  void begin(const Job& job) {
    job_ = job;
    program_ = {*job.step};
    cursor_.emplace(program_);
    cursor_->begin(&job_.time);
    stage_ = Stage::kRunning;
  }
  Action end(World& world) {
    ++pool_.ended_;
    world.unpark(*pool_.submitter_);
    return Action::exit();
  }

  OffloadPool& pool_;
  const PreparedCost run_;
  Job job_;
  std::vector<Step> program_;
  std::optional<StepCursor> cursor_;
  Stage stage_ = Stage::kFetching;
};

OffloadPool::OffloadPool(const Configuration& configuration, Client& client)
    : configuration_(configuration),
      client_(client),
      most_(static_cast<std::size_t>(std::min(32, configuration.machine.cores + 4))) {}

OffloadPool::~OffloadPool() = default;

std::optional<Action> OffloadPool::submit(World& world, PythonThread& self, const Job& job) {
  submitter_ = &self;
  jobs_.push_back(job);
  if (!idle_.empty()) {
    world.unpark(*idle_.front());
    idle_.pop_front();
    return std::nullopt;
  }
  if (workers_.size() == most_) return std::nullopt;
  return start_thread(world, self);
}

Action OffloadPool::start_thread(World& world, PythonThread& self) {
  Worker& behaviour = workers_.emplace_back(*this);
  world.start(world.create_thread("executor " + std::to_string(workers_.size()),
                                  world.lock_of(self), Layout::kWorker, behaviour,
                                  self.seat.interpreter));
  return Action::receive(world.machine().draw(configuration_.interpreter.thread_start));
}

std::optional<Action> OffloadPool::join(World& world) {
  if (workers_.empty() || ended_ == workers_.size()) return std::nullopt;
  closing_ = true;
  for (PythonThread* const worker : idle_) world.unpark(*worker);
  idle_.clear();
  return Action::park();
}

}  // namespace gilsim::model
