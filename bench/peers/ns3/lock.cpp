// ns-3: the lock as a state machine on Simulator::Schedule and EventId::Cancel.
#include <ns3/event-id.h>
#include <ns3/nstime.h>
#include <ns3/simulator.h>

#include <deque>
#include <stdexcept>

#include "bench/lock_times.hpp"
#include "bench/peers/workloads.hpp"
#include "bench/plan.hpp"

namespace gilsim::bench {
namespace {

struct Thread {
  ns3::EventId deadline;
};

class Lock {
 public:
  Lock(const Task& task, bool timed)
      : timed_(timed),
        threads_(static_cast<std::size_t>(task.size)),
        stopwatch_(warm_up_for(task.size), task.amount) {
    for (Thread& thread : threads_) request(&thread);
  }

  Measured run() {
    ns3::Simulator::Run();
    const auto end = static_cast<double>(ns3::Simulator::Now().GetNanoSeconds());
    ns3::Simulator::Destroy();
    return stopwatch_.measured(end);
  }

 private:
  void request(Thread* self) {
    if (!held_) {
      held_ = true;
      return want_core(self);
    }
    waiting_.push_back(self);
    if (timed_) {
      self->deadline = ns3::Simulator::Schedule(ns3::NanoSeconds(kPatience), &Lock::expire, this);
    }
  }

  void release() {
    held_ = !waiting_.empty();
    if (!held_) return;
    Thread* const heir = waiting_.front();
    waiting_.pop_front();
    if (timed_) heir->deadline.Cancel();
    want_core(heir);
  }

  void want_core(Thread* self) {
    if (free_cores_ == 0) return ready_.push_back(self);
    --free_cores_;
    compute(self);
  }

  void give_up_core() {
    if (ready_.empty()) {
      ++free_cores_;
      return;
    }
    Thread* const next = ready_.front();
    ready_.pop_front();
    compute(next);
  }

  void compute(Thread* self) {
    ns3::Simulator::Schedule(ns3::NanoSeconds(kHoldTime), &Lock::hold_over, this, self);
  }

  void hold_over(Thread* self) {
    release();
    give_up_core();
    request(self);
    if (stopwatch_.count()) ns3::Simulator::Stop();
  }

  void expire() { throw std::logic_error("a wait took longer than its deadline"); }

  const bool timed_;
  std::vector<Thread> threads_;
  std::deque<Thread*> waiting_;
  std::deque<Thread*> ready_;
  bool held_ = false;
  int free_cores_ = kLockCores;
  Stopwatch stopwatch_;
};

}  // namespace

Measured lock(const Task& task) { return Lock(task, false).run(); }
Measured lock_timer(const Task& task) { return Lock(task, true).run(); }

}  // namespace gilsim::bench
