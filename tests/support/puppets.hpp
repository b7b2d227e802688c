// Threads on a machine that follow functions of a test's own; the times at which each was asked
// what it does next are kept.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "models/os/machine.hpp"

namespace gilsim::model {

class Puppets final : public MachineClient {
 public:
  using Play = std::function<CpuRequest(int turn)>;
  explicit Puppets(const MachineParameters& p) : machine(simulator, p, *this, 1, 0) {
    machine.start_outsiders();
  }

  Thread& add(Play play) {
    Thread& thread = machine.create_thread();
    plays_[thread.id] = std::move(play);
    return thread;
  }
  // Computes for so long, then exits; started at once.
  Thread& start_computing(sim::Duration work) {
    Thread& thread = add(
        [work](int turn) { return turn == 0 ? CpuRequest::compute(work) : CpuRequest::exit(); });
    machine.start(thread);
    return thread;
  }
  CpuRequest next(Thread& thread) override {
    auto& turns = asked[thread.id];
    turns.push_back(simulator.now().since_start());
    return plays_[thread.id](static_cast<int>(turns.size()) - 1);
  }
  void timer_expired(Thread&) override {}
  void run_until(sim::Duration end) { simulator.run_until(sim::Time::from_start(end)); }

  sim::Simulator simulator;
  Machine machine;
  std::map<std::uint32_t, std::vector<sim::Duration>> asked;

 private:
  std::map<std::uint32_t, Play> plays_;
};

}  // namespace gilsim::model
