// SystemC: two events a thread, each with a method process that is sensitive to it. sc_mutex is not
// FIFO and has no timed lock, so the line is the model's own.
#include <deque>
#include <stdexcept>

#include "bench/lock_times.hpp"
#include "bench/peers/systemc/nanoseconds.hpp"
#include "bench/peers/workloads.hpp"
#include "bench/plan.hpp"

namespace gilsim::bench {
namespace {

struct Thread {
  sc_core::sc_event hold_over;
  sc_core::sc_event deadline;
};

class Lock : public sc_core::sc_module {
 public:
  Lock(const sc_core::sc_module_name& name, const Task& task, bool timed)
      : sc_core::sc_module(name),
        timed_(timed),
        threads_(static_cast<std::size_t>(task.size)),
        stopwatch_(warm_up_for(task.size), task.amount) {
    for (Thread& thread : threads_) {
      on(thread.hold_over, [this, &thread] { hold_over(thread); });
      if (timed_) on(thread.deadline, [this] { expire(); });
      request(thread);
    }
  }

  Measured measured() const { return stopwatch_.measured(static_cast<double>(ended_)); }

 private:
  template <class Action>
  void on(sc_core::sc_event& event, Action action) {
    sc_core::sc_spawn_options options;
    options.spawn_method();
    options.dont_initialize();
    options.set_sensitivity(&event);
    sc_core::sc_spawn(action, nullptr, &options);
  }

  void request(Thread& self) {
    if (!held_) {
      held_ = true;
      return want_core(self);
    }
    waiting_.push_back(&self);
    if (timed_) self.deadline.notify(nanoseconds(kPatience));
  }

  void release() {
    held_ = !waiting_.empty();
    if (!held_) return;
    Thread& heir = *waiting_.front();
    waiting_.pop_front();
    if (timed_) heir.deadline.cancel();
    want_core(heir);
  }

  void want_core(Thread& self) {
    if (free_cores_ == 0) return ready_.push_back(&self);
    --free_cores_;
    compute(self);
  }

  void give_up_core() {
    if (ready_.empty()) {
      ++free_cores_;
      return;
    }
    Thread& next = *ready_.front();
    ready_.pop_front();
    compute(next);
  }

  void compute(Thread& self) { self.hold_over.notify(nanoseconds(kHoldTime)); }

  void hold_over(Thread& self) {
    release();
    give_up_core();
    request(self);
    if (!stopwatch_.count()) return;
    ended_ = now();
    sc_core::sc_stop();
  }

  void expire() { throw std::logic_error("a wait took longer than its deadline"); }

  const bool timed_;
  std::deque<Thread> threads_;
  std::deque<Thread*> waiting_;
  std::deque<Thread*> ready_;
  bool held_ = false;
  int free_cores_ = kLockCores;
  Stopwatch stopwatch_;
  std::int64_t ended_ = 0;
};

Measured measure(const Task& task, bool timed) {
  count_in_nanoseconds();
  Lock model("lock", task, timed);
  sc_core::sc_start();
  return model.measured();
}

}  // namespace

Measured lock(const Task& task) { return measure(task, false); }
Measured lock_timer(const Task& task) { return measure(task, true); }

}  // namespace gilsim::bench
