// ns-3: Simulator::Schedule of a member function, as its models do.
#include <ns3/nstime.h>
#include <ns3/simulator.h>

#include "bench/draws.hpp"
#include "bench/peers/workloads.hpp"
#include "bench/plan.hpp"

namespace gilsim::bench {
namespace {

class Hold {
 public:
  explicit Hold(const Task& task) : stopwatch_(warm_up_for(task.size), task.amount) {
    for (std::int64_t i = 0; i < task.size; ++i) schedule(times_.first());
  }

  Measured run() {
    ns3::Simulator::Run();
    const auto end = static_cast<double>(ns3::Simulator::Now().GetNanoSeconds());
    ns3::Simulator::Destroy();
    return stopwatch_.measured(end);
  }

 private:
  void handle() {
    if (stopwatch_.count()) ns3::Simulator::Stop();
    schedule(times_.increment());
  }

  void schedule(std::int64_t delay) {
    ns3::Simulator::Schedule(ns3::NanoSeconds(delay), &Hold::handle, this);
  }

  HoldTimes times_;
  Stopwatch stopwatch_;
};

}  // namespace

Measured hold(const Task& task) { return Hold(task).run(); }

}  // namespace gilsim::bench
