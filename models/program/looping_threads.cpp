// Explicit threads by name: each repeats its program until the run's duration is over. One round is
// one operation; its latency is the time since the thread's previous completion.
#include <map>

#include "models/program/step_cursor.hpp"
#include "models/program/strategy.hpp"

namespace gilsim::model {
namespace {

class Looper final : public Behaviour {
 public:
  Looper(const std::vector<Step>& program, const WaitCosts& costs, RoundTimes rounds)
      : cursor_(program, costs), rounds_(std::move(rounds)) {}

  Action next(World& world, PythonThread&) override {
    for (;;) {
      if (running_) {
        if (const auto action = cursor_.next(world.machine())) return *action;
        latencies_.push_back(world.now() - began_);
      }
      running_ = true;
      began_ = world.now();
      cursor_.begin(rounds_.of(latencies_.size()));
    }
  }

  std::vector<sim::Duration> take_latencies() { return std::move(latencies_); }

 private:
  StepCursor cursor_;
  const RoundTimes rounds_;
  std::vector<sim::Duration> latencies_;
  bool running_ = false;
  sim::Time began_;
};

class LoopingThreads final : public Layer {
 public:
  LoopingThreads(const Configuration& configuration, std::vector<RoundTimes> rounds)
      : configuration_(configuration) {
    for (std::size_t i = 0; i < rounds.size(); ++i) {
      loopers_.emplace_back(configuration_.threads[i].program, configuration_.interpreter.waits,
                            std::move(rounds[i]));
    }
  }

  void begin(World& world) override {
    std::map<std::string, Interpreter> interpreters;
    for (std::size_t i = 0; i < loopers_.size(); ++i) {
      const LoopingThread& thread = configuration_.threads[i];
      const Interpreter& its = interpreter_of(thread, interpreters, world);
      world.start(
          world.create_thread(thread.name, *its.lock, Layout::kWorker, loopers_[i], its.index));
    }
  }
  bool is_over() const override { return true; }
  sim::Duration wall(const World&) const override { return configuration_.duration; }
  std::vector<ThreadOutcome> outcomes(World& world) override {
    std::vector<ThreadOutcome> outcomes;
    outcomes.reserve(loopers_.size());
    for (std::size_t i = 0; i < loopers_.size(); ++i) {
      ThreadOutcome& o = outcomes.emplace_back();
      o.name = configuration_.threads[i].name;
      o.latencies = loopers_[i].take_latencies();
      o.operations = static_cast<std::int64_t>(o.latencies.size());
      o.cpu = world.machine().cpu_of(*world.threads()[i].thread);
    }
    return outcomes;
  }

 private:
  struct Interpreter {
    InterpreterLock* lock;
    std::uint16_t index;
  };

  // Isolated interpreters have a lock each; others share that of the first.
  const Interpreter& interpreter_of(const LoopingThread& thread,
                                    std::map<std::string, Interpreter>& known, World& world) const {
    const auto found = known.find(thread.interpreter);
    if (found != known.end()) return found->second;
    const bool shares = !configuration_.isolated && !world.locks().empty();
    InterpreterLock& lock = shares ? *world.locks().front() : world.create_interpreter();
    const auto index = static_cast<std::uint16_t>(known.size());
    return known.insert({thread.interpreter, {&lock, index}}).first->second;
  }

  const Configuration& configuration_;
  sim::StableVector<Looper> loopers_;
};

}  // namespace

std::unique_ptr<Layer> make_looping_threads(const Configuration& configuration,
                                            std::vector<RoundTimes> rounds) {
  return std::make_unique<LoopingThreads>(configuration, std::move(rounds));
}

}  // namespace gilsim::model
