// ns-3: M/M/c as a state machine on Simulator::Schedule.
#include <ns3/nstime.h>
#include <ns3/simulator.h>

#include <deque>

#include "bench/draws.hpp"
#include "bench/peers/workloads.hpp"

namespace gilsim::bench {
namespace {

class Queue {
 public:
  explicit Queue(const Task& task)
      : interarrivals_(interarrival_times(task.size)),
        services_(service_times()),
        free_servers_(task.size),
        customers_(task.amount),
        stopwatch_(0, task.amount) {
    await_arrival();
  }

  Measured run() {
    ns3::Simulator::Run();
    ns3::Simulator::Destroy();
    return stopwatch_.measured(static_cast<double>(waited_) / static_cast<double>(customers_));
  }

 private:
  void await_arrival() {
    ns3::Simulator::Schedule(ns3::NanoSeconds(interarrivals_.next()), &Queue::arrive, this);
  }

  void arrive() {
    const std::int64_t now = ns3::Simulator::Now().GetNanoSeconds();
    if (free_servers_ > 0) {
      --free_servers_;
      serve(0);
    } else {
      line_.push_back(now);
    }
    await_arrival();
  }

  void serve(std::int64_t wait) {
    ns3::Simulator::Schedule(ns3::NanoSeconds(services_.next()), &Queue::depart, this, wait);
  }

  void depart(std::int64_t wait) {
    waited_ += wait;
    if (line_.empty()) {
      ++free_servers_;
    } else {
      const std::int64_t arrived = line_.front();
      line_.pop_front();
      serve(ns3::Simulator::Now().GetNanoSeconds() - arrived);
    }
    if (stopwatch_.count()) ns3::Simulator::Stop();
  }

  Exponentials interarrivals_;
  Exponentials services_;
  std::int64_t free_servers_;
  std::int64_t customers_;
  std::int64_t waited_ = 0;
  std::deque<std::int64_t> line_;  // when they arrived
  Stopwatch stopwatch_;
};

}  // namespace

Measured queue(const Task& task) { return Queue(task).run(); }

}  // namespace gilsim::bench
