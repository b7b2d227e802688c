// Strategy `threads`: `with ThreadPoolExecutor(n) as executor: list(executor.map(f, tasks))`.
// Strategy `interpreters`: the same with an InterpreterPoolExecutor.
#include <stdexcept>

#include "models/program/thread_pool.hpp"

namespace gilsim::model {
namespace {

class ThreadStrategy final : public BatchLayer {
 public:
  ThreadStrategy(const Configuration& configuration, TaskTimes times,
                 const InterpreterPoolCosts* interpreters)
      : BatchLayer(configuration, std::move(times)),
        pool_(configuration_, record_, 0, record_.tasks(),
              {configuration.workers, Layout::kWorker, interpreters, ""}) {}

 private:
  Action next_of_main(World& world) override {
    return pool_.next(world, *main_).value_or(Action::exit());
  }
  const PythonThread* waits_for(const PythonThread&) const override { return pool_.waits_for(); }

  ThreadPool pool_;
};

}  // namespace

std::unique_ptr<Layer> make_thread_pool(const Configuration& configuration, TaskTimes times) {
  return std::make_unique<ThreadStrategy>(configuration, std::move(times), nullptr);
}

std::unique_ptr<Layer> make_interpreter_pool(const Configuration& configuration, TaskTimes times) {
  const auto& costs = configuration.interpreter.interpreters;
  if (!costs) {
    throw std::invalid_argument("the profile has no costs of sub-interpreters for " +
                                configuration.interpreter.version);
  }
  return std::make_unique<ThreadStrategy>(configuration, std::move(times), &*costs);
}

}  // namespace gilsim::model
