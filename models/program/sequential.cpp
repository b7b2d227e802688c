// Strategy `sequential`: the main thread runs one task after another.
#include "models/program/task_graph.hpp"
#include "models/program/task_runner.hpp"

namespace gilsim::model {
namespace {

class Sequential final : public BatchLayer {
 public:
  Sequential(const Configuration& configuration, TaskTimes times)
      : BatchLayer(configuration, std::move(times)),
        ready_(configuration_.batch.stages, 0, record_.tasks()),
        runner_(configuration_, record_) {}

 private:
  Action next_of_main(World& world) override {
    for (;;) {
      if (running_) {
        if (const auto action = runner_.next(world)) return *action;
        running_ = false;
        ready_.done(ready_.task(done_ - 1));
        handling_.begin(ready_.task(done_ - 1));
      }
      if (done_ > 0) {
        if (const auto action = handling_.next(world)) return *action;
      }
      if (done_ == record_.tasks()) return Action::exit();
      runner_.begin(ready_.task(done_++), world.now());
      running_ = true;
    }
  }

  ReadyTasks ready_;
  TaskRunner runner_;
  ResultHandling handling_{configuration_, record_};
  std::size_t done_ = 0;
  bool running_ = false;
};

}  // namespace

std::unique_ptr<Layer> make_sequential(const Configuration& configuration, TaskTimes times) {
  return std::make_unique<Sequential>(configuration, std::move(times));
}

}  // namespace gilsim::model
