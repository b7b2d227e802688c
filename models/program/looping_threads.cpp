// Explicit threads by name: each repeats its program until the run's duration is over. One round is
// one operation; its latency is the time since the thread's previous completion or, where it waits
// for what comes from outside (`since: round`), since that has come.
#include <algorithm>
#include <deque>
#include <map>

#include "models/program/looping_coroutines.hpp"
#include "models/program/step_cursor.hpp"
#include "models/program/strategy.hpp"

namespace gilsim::model {
namespace {

// The completions of all threads, one after another: written in one place, whoever completes.
class Completions {
 public:
  void add(std::uint32_t thread, sim::Duration latency) {
    threads_.emplace_back(thread);
    latencies_.emplace_back(latency);
  }

  // In order, by thread.
  void hand_out(std::vector<ThreadOutcome>& outcomes) const {
    for (const std::uint32_t thread : threads_) ++outcomes[thread].operations;
    for (ThreadOutcome& o : outcomes) o.latencies.reserve(static_cast<std::size_t>(o.operations));
    for (std::size_t i = 0; i < threads_.size(); ++i) {
      outcomes[threads_[i]].latencies.push_back(latencies_[i]);
    }
  }

 private:
  sim::StableVector<std::uint32_t> threads_;
  sim::StableVector<sim::Duration> latencies_;
};

// What equal threads have in common, so that a thread itself is small.
struct Kind {
  Kind(const LoopingThread& what, std::uint32_t first_thread, RoundTimes times_of_rounds,
       Completions& done)
      : threads(what), first(first_thread), rounds(std::move(times_of_rounds)), completions(done) {
    for (std::size_t step = 0; step < what.program.size(); ++step) {
      if (counts_since_round(what.program[step])) outside.push_back(step);
    }
  }
  const LoopingThread& threads;
  const std::uint32_t first;  // of the threads that the entry stands for
  const RoundTimes rounds;
  std::vector<std::size_t> outside;  // steps whose time counts since the round began
  Completions& completions;
};

class Looper final : public Behaviour {
 public:
  explicit Looper(const Kind& kind) : kind_(kind) {}

  Action next(World& world, PythonThread& self) override {
    StepCursor cursor(kind_.threads.program);
    for (;;) {
      if (began_ != kNotYet) {
        cursor.resume(kind_.rounds.of(round_), position_, began_);
        if (const auto action = cursor.next(world.machine(), world.costs_of_waits())) {
          position_ = cursor.position();
          return *action;
        }
        kind_.completions.add(self.id(), world.now() - began_ - since_round());
        round_ = kind_.rounds.after(round_);
      }
      began_ = world.now();
      position_ = {};
    }
  }

  std::string name_of(const PythonThread& self) const override {
    return model::name_of(kind_.threads, static_cast<int>(self.id() - kind_.first));
  }

 private:
  static constexpr sim::Time kNotYet = sim::Time::max();

  // When in the round that came which it waits for; 0 where it waits for nothing of the kind.
  sim::Duration since_round() const {
    sim::Duration latest;
    for (const std::size_t step : kind_.outside) {
      latest = std::max(latest, kind_.rounds.of(round_)[step]);
    }
    return latest;
  }

  const Kind& kind_;
  StepCursor::Position position_;
  std::uint32_t round_ = 0;
  sim::Time began_ = kNotYet;
};

class LoopingThreads final : public Layer {
 public:
  LoopingThreads(const Configuration& configuration, std::vector<std::vector<RoundTimes>> rounds)
      : configuration_(configuration) {
    for (std::size_t i = 0; i < rounds.size(); ++i) add(configuration_.threads[i], rounds[i]);
  }

  void begin(World& world) override {
    std::map<std::string, Interpreter> interpreters;
    std::size_t looper = 0;
    std::size_t loop = 0;
    for (const LoopingThread& threads : configuration_.threads) {
      const Interpreter& its = interpreter_of(threads, interpreters, world);
      for (int i = 0; i < threads.count; ++i) {
        if (threads.coroutines > 0) {
          world.start(world.create_thread(model::name_of(threads, i), *its.lock, Layout::kWorker,
                                          loops_[loop++], its.index));
        } else {
          world.start(
              world.create_thread(*its.lock, Layout::kWorker, loopers_[looper++], its.index));
        }
      }
    }
  }
  bool is_over() const override { return true; }
  sim::Duration wall(const World&) const override { return configuration_.duration; }
  std::vector<ThreadOutcome> outcomes(const std::vector<sim::Duration>& cpu) override {
    std::vector<ThreadOutcome> outcomes;
    outcomes.reserve(loopers_.size() + loops_.size());
    for (const LoopingThread& threads : configuration_.threads) {
      for (int i = 0; i < threads.count; ++i) {
        const std::size_t id = outcomes.size();
        outcomes.push_back({model::name_of(threads, i), 0, {}, cpu[id]});
      }
    }
    completions_.hand_out(outcomes);
    return outcomes;
  }

 private:
  struct Interpreter {
    InterpreterLock* lock;
    std::uint16_t index;
  };

  void add(const LoopingThread& threads, std::vector<RoundTimes>& rounds) {
    if (threads.coroutines > 0) return add_loops(threads, rounds);
    const auto first = static_cast<std::uint32_t>(loopers_.size() + loops_.size());
    for (int i = 0; i < threads.count; ++i) {
      const auto k = static_cast<std::size_t>(i);
      if (k < rounds.size()) {
        kinds_.emplace_back(threads, first, std::move(rounds[k]), completions_);
      }
      loopers_.emplace_back(kinds_.back());
    }
  }

  void add_loops(const LoopingThread& threads, const std::vector<RoundTimes>& rounds) {
    for (int i = 0; i < threads.count; ++i) {
      const auto k = std::min(static_cast<std::size_t>(i), rounds.size() - 1);
      loops_.emplace_back(configuration_, threads, rounds[k],
                          [this](std::uint32_t thread, sim::Duration latency) {
                            completions_.add(thread, latency);
                          });
    }
  }

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
  Completions completions_;
  sim::StableVector<Kind> kinds_;
  sim::StableVector<Looper> loopers_;
  std::deque<LoopingCoroutines> loops_;
};

}  // namespace

std::unique_ptr<Layer> make_looping_threads(const Configuration& configuration,
                                            std::vector<std::vector<RoundTimes>> rounds) {
  return std::make_unique<LoopingThreads>(configuration, std::move(rounds));
}

}  // namespace gilsim::model
