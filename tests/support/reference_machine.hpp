// The reference model of cores and scheduler: the rules of models/os/machine.hpp and run_queue.hpp
// once more, as plainly as can be. No event queue: whatever is due next is found by looking at
// every thread and core. No heaps, no sums kept up to date: averages are computed when asked for.
// Constant costs only; cores do not slow each other down. Times are plain nanoseconds.
#pragma once

#include <coroutine>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <vector>

#include "models/os/machine_parameters.hpp"
#include "tests/support/reference_task.hpp"

namespace gilsim::test {

using Nanoseconds = std::int64_t;

// What happens at the same instant happens in this order (sim/priority.hpp), then first come first.
enum class Rank { kBurstEnds, kArrives, kTimer, kTick };

struct Due {
  Nanoseconds time = 0;
  Rank rank = Rank::kTimer;
  std::uint64_t stamp = 0;
  bool operator<(const Due& other) const {
    if (time != other.time) return time < other.time;
    return rank != other.rank ? rank < other.rank : stamp < other.stamp;
  }
};

struct RefThread {
  std::size_t id = 0;
  enum class State { kNew, kReady, kArriving, kRunning, kBlocked, kExited };
  State state = State::kNew;
  std::size_t core = 0;

  std::optional<Task> program;
  std::coroutine_handle<> here;  // where the program stopped
  enum class Wants { kCompute, kBlock, kExit };
  Wants wants = Wants::kExit;
  Nanoseconds left = 0;  // of the burst
  Nanoseconds cut = 0;
  Nanoseconds debt = 0;  // for wake-ups
  bool in_burst = false;
  bool interruptible = false;

  std::optional<Due> due;
  bool own_timer = false;               // what wakes it: its timer, or the outside
  std::function<void()> before_waking;  // the timer's other effect

  Nanoseconds virtual_time = 0;
  Nanoseconds unaccounted = 0;  // run since its virtual time was last brought up to date
  Nanoseconds deadline = 0;
  Nanoseconds protected_until = 0;
  Nanoseconds lag = 0;
  bool owes = false;  // blocked, and still in its core's queue

  Nanoseconds arrival = 0;  // CPU time that arriving on a core takes
  Nanoseconds cpu = 0;
  Nanoseconds last_ran = 0;
  std::int64_t voluntary = 0;
  std::int64_t involuntary = 0;
};

class RefMachine {
 public:
  RefMachine(const model::MachineParameters& parameters, Nanoseconds tick_phase);

  RefThread& create(std::function<Task(RefThread&)> program);
  void start(RefThread& thread);
  void wake(RefThread& thread);
  void interrupt(RefThread& thread, Nanoseconds notice);
  // `thread` is about to block; to others its core is idle that much later.
  void falls_asleep(RefThread& thread, Nanoseconds takes);
  Nanoseconds now() const { return now_; }
  std::list<RefThread>& threads() { return threads_; }

  // To be awaited by the program of `thread`: computes, and returns what was cut off; or blocks.
  struct Compute {
    RefThread& thread;
    Nanoseconds work;
    bool interruptible;
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<> here) const;
    Nanoseconds await_resume() const { return thread.cut; }
  };
  struct Block {
    RefThread& thread;
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> here) const;
    void await_resume() const {}
  };
  static Compute compute(RefThread& t, Nanoseconds work) { return {t, work, false}; }
  static Compute bytecode(RefThread& t, Nanoseconds work) { return {t, work, true}; }
  static Block block(RefThread& t) { return {t}; }
  void set_timer(RefThread& thread, Nanoseconds delay, std::function<void()> before_waking);
  void set_outside(RefThread& thread, Nanoseconds delay);

  // Goes on until `horizon`, that instant included, or until nothing is due.
  void run_until(Nanoseconds horizon);

 private:
  struct Core {
    RefThread* current = nullptr;
    std::vector<RefThread*> waiting;  // in order of arrival; those that owe among them
    int failed_balances = 0;
    std::list<RefThread*> timers;  // armed here, as they expire
    Nanoseconds virtual_time = 0;  // while nobody is there
    bool look_again = false;
    const RefThread* falling_asleep = nullptr;
    Nanoseconds asleep_at = 0;
    std::optional<Due> tick;
  };

  Due at(Nanoseconds time, Rank rank) { return {time, rank, stamps_++}; }
  void let_time_pass(Nanoseconds until);
  void happens(RefThread& thread);
  void expires(RefThread& thread);
  bool is_due(const RefThread& sleeping) const;
  void tick(Core& core);

  Nanoseconds average(const Core& core, bool with_current) const;
  void place(RefThread& thread, Core& core);
  // As the kernel's update_curr(): at the end of a burst, at wake-ups and ticks of its core.
  void bring_up_to_date(RefThread& thread) const;
  RefThread* best_waiting(Core& core, bool with_current) const;
  void remove(Core& core, RefThread& thread) const;

  void wake_up(RefThread& thread);
  void join_queue(Core& core, RefThread& thread);
  void waits_for(Core& core, RefThread& woken);
  Core* idle_core(const RefThread& thread);
  bool idle_to(const RefThread& thread, const Core& core) const;
  void reconsider(Core& core);
  void switch_to(Core& core, RefThread& thread);
  void give(Core& core, RefThread& thread, Nanoseconds delay, Nanoseconds own);
  void go_on(RefThread& thread);
  void leave(RefThread& thread, RefThread::State to);
  static bool was_delayed(RefThread& picked);
  static std::size_t waiting_for(const Core& core);
  Core* longest_queue();
  RefThread* pull(Core* from, Core& idle, Nanoseconds hot_for);
  void arm_tick(Core& core);

  const model::MachineParameters parameters_;
  const Nanoseconds tick_phase_;
  std::vector<Core> cores_;
  std::list<RefThread> threads_;
  RefThread* executing_ = nullptr;
  Nanoseconds now_ = 0;
  std::uint64_t stamps_ = 0;
};

}  // namespace gilsim::test
