// A looping thread that runs an asyncio event loop: so many coroutines, each of which repeats the
// thread's program. A round of any of them is one operation; rounds are drawn from one sequence, in
// the order in which they begin.
#pragma once

#include <functional>
#include <vector>

#include "models/program/loop_thread.hpp"
#include "models/program/strategy.hpp"

namespace gilsim::model {

class LoopingCoroutines final : public Behaviour, private LoopTasks {
 public:
  using Complete = std::function<void(std::uint32_t thread, sim::Duration latency)>;

  LoopingCoroutines(const Configuration& configuration, const LoopingThread& what,
                    const RoundTimes& rounds, Complete complete)
      : loop_(configuration, *this),
        program_(what.program),
        rounds_(rounds),
        complete_(std::move(complete)),
        tasks_(static_cast<std::size_t>(what.coroutines)) {}

  Action next(World& world, PythonThread& self) override;
  bool answered(World& world, PythonThread& self) override { return loop_.answered(world, self); }
  void arrives(World& world, PythonThread& self, std::uint32_t task, sim::Time when) override {
    loop_.arrives(world, self, task, when);
  }

 private:
  struct Task {
    bool running = false;
    Coroutine coroutine;
    sim::Time began;
  };

  Await next_of(World& world, std::uint32_t number) override;
  void begin_round(Task& task, sim::Time now);

  LoopThread loop_;
  const std::vector<Step>& program_;
  const RoundTimes rounds_;
  const Complete complete_;
  std::vector<Task> tasks_;
  std::uint32_t round_ = 0;
  std::uint32_t thread_ = 0;
  bool began_ = false;
};

}  // namespace gilsim::model
