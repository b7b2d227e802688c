// Threads that want one FIFO mutex all the time, as a bare state machine: compute for 5 ms on a
// core while holding it, hand it over, stand in line again. With deadlines, who waits has a timer.
#include <stdexcept>

#include "bench/lock_times.hpp"
#include "bench/plan.hpp"
#include "bench/workloads.hpp"
#include "sim/simulator.hpp"
#include "sim/stable_vector.hpp"

namespace gilsim::bench {
namespace {

enum Kind : std::uint32_t { kHoldOver, kDeadline };

struct Thread {
  Thread(sim::EventHandler& handler, std::uint32_t id)
      : hold_over(handler, kHoldOver, id, this), deadline(handler, kDeadline, id, this) {}
  sim::Event hold_over;
  sim::Event deadline;
  Thread* next = nullptr;  // in the one line it stands in
};

class Line {
 public:
  void add(Thread& thread) {
    thread.next = nullptr;
    (first_ ? last_->next : first_) = &thread;
    last_ = &thread;
  }
  Thread* take() {
    Thread* const thread = first_;
    if (thread) first_ = thread->next;
    return thread;
  }

 private:
  Thread* first_ = nullptr;
  Thread* last_ = nullptr;
};

template <bool kTimed>
class Lock final : public sim::EventHandler {
 public:
  explicit Lock(const Task& task) : stopwatch_(warm_up_for(task.size), task.amount) {
    for (std::int64_t i = 0; i < task.size; ++i) {
      request(threads_.emplace_back(*this, static_cast<std::uint32_t>(i)));
    }
  }

  void handle(sim::Event& event) override {
    if constexpr (kTimed) {
      if (event.kind == kDeadline) throw std::logic_error("a wait took longer than its deadline");
    }
    Thread& self = *static_cast<Thread*>(event.owner);
    release();
    give_up_core();
    request(self);
    if (stopwatch_.count()) simulator_.stop();
  }

  Measured run() {
    simulator_.run();
    return stopwatch_.measured(static_cast<double>(simulator_.now().since_start().count()));
  }

 private:
  void request(Thread& self) {
    if (!held_) {
      held_ = true;
      want_core(self);
      return;
    }
    waiting_.add(self);
    if constexpr (kTimed)
      simulator_.schedule(self.deadline, after(kPatience), sim::Priority::kTimer);
  }

  void release() {
    Thread* const heir = waiting_.take();
    held_ = heir != nullptr;
    if (!heir) return;
    if constexpr (kTimed) simulator_.cancel(heir->deadline);
    want_core(*heir);
  }

  void want_core(Thread& self) {
    if (free_cores_ == 0) return ready_.add(self);
    --free_cores_;
    compute(self);
  }

  void give_up_core() {
    if (Thread* const ready = ready_.take()) return compute(*ready);
    ++free_cores_;
  }

  void compute(Thread& self) {
    simulator_.schedule(self.hold_over, after(kHoldTime), sim::Priority::kCompletion);
  }

  sim::Time after(std::int64_t delay) const {
    return simulator_.now() + sim::Duration::nanoseconds(delay);
  }

  sim::Simulator simulator_;
  sim::StableVector<Thread> threads_;
  Line waiting_;
  Line ready_;
  bool held_ = false;
  int free_cores_ = kLockCores;
  Stopwatch stopwatch_;
};

}  // namespace

Measured lock(const Task& task) { return Lock<false>(task).run(); }
Measured lock_timer(const Task& task) { return Lock<true>(task).run(); }

}  // namespace gilsim::bench
