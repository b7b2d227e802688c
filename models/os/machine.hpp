// Cores, scheduler and wake-ups: decides which thread computes where and when. Knows nothing of
// Python or of locks; a client says what a thread that has a core does next.
//
// Rules: one EEVDF run queue a core (run_queue.hpp). A waking thread goes to the core it was on if
// that is idle, else to any idle core, else queues where it was; a core that runs out of work pulls
// a waiting thread from the longest queue (kernel/sched/fair.c: select_idle_sibling,
// sched_balance_newidle). A thread whose dequeue is delayed because it owes virtual time wakes on
// its old queue. An idle core takes a latency to wake that depends on how long it was idle
// (wake_latency.hpp), and the waker pays for the wake-up. A switch is charged to the thread that
// arrives, as its exec_start is set before the switch (set_next_entity()). Rescheduling happens at
// wake-ups and ticks only. When several cores are busy each runs at a measured fraction of its
// speed alone. Left out: caches and NUMA, periodic balancing, hardware threads, priorities,
// interrupts.
#pragma once

#include <deque>

#include "models/laws/law_checker.hpp"
#include "models/os/machine_parameters.hpp"
#include "models/os/run_queue.hpp"
#include "models/os/thread.hpp"
#include "sim/random.hpp"
#include "sim/simulator.hpp"
#include "sim/stable_vector.hpp"

namespace gilsim::model {

// What a thread on a core does next.
struct CpuRequest {
  enum class Kind : std::uint8_t { kCompute, kBlock, kExit };
  Kind kind = Kind::kBlock;
  sim::Duration work;
  bool interruptible = false;

  static CpuRequest compute(sim::Duration work) { return {Kind::kCompute, work, false}; }
  static CpuRequest compute_until_interrupted(sim::Duration work) {
    return {Kind::kCompute, work, true};
  }
  static CpuRequest block() { return {Kind::kBlock, {}, false}; }
  static CpuRequest exit() { return {Kind::kExit, {}, false}; }
};

class MachineClient {
 public:
  // `thread` is on a core and its last burst is over. A burst cut short leaves Thread::cut > 0.
  virtual CpuRequest next(Thread& thread) = 0;
  // The timer of a blocked thread has expired; it is woken right after.
  virtual void timer_expired(Thread& thread) = 0;

 protected:
  ~MachineClient() = default;
};

class Machine final : public sim::EventHandler {
 public:
  // `speed` of every core, relative to that at which the parameters were measured.
  Machine(sim::Simulator& simulator, const MachineParameters& parameters, MachineClient& client,
          std::uint64_t seed, std::uint64_t replication, double speed = 1.0);

  // Tells `laws` who runs where; nullptr: nobody watches.
  void watch(LawChecker* laws) { laws_ = laws; }
  Thread& create_thread();
  // A new thread becomes ready on the least loaded core.
  void start(Thread& thread);
  // Wakes a blocked thread; what the wake-up costs is charged to the thread now executing.
  void wake(Thread& thread);
  // Wakes a blocked thread after `delay` as a kernel timer does: slack first, then the wake-up.
  void wake_by_timer_in(Thread& thread, sim::Duration delay);
  // Wakes it after exactly `delay` as another process, a device or the network would.
  void wake_from_outside_in(Thread& thread, sim::Duration delay);
  void cancel_timer(Thread& thread) { simulator_.cancel(thread.event); }
  // Ends an interruptible burst after at most `notice` more of its CPU time.
  void interrupt(Thread& thread, sim::Duration notice);
  // CPU time the thread now executing must spend before its next burst.
  void charge(Thread& thread, sim::Duration overhead) { thread.charged += overhead; }

  sim::Duration draw(const Cost& cost) { return cost.draw(random_); }
  sim::Time now() const { return simulator_.now(); }
  const MachineParameters& parameters() const { return parameters_; }
  const sim::StableVector<Thread>& threads() const { return threads_; }
  // Of the burst in progress, what is still to be done.
  sim::Duration work_left(const Thread& thread) const;
  // CPU time so far, the stretch in progress included.
  sim::Duration cpu_of(const Thread& thread) const;

  void handle(sim::Event& event) override;

 private:
  enum class Wakeup { kTimer, kRemote };
  struct Core {
    Core(sim::EventHandler& handler, std::uint32_t index, const MachineParameters& parameters)
        : queue(parameters.slice, parameters.tick),
          tick(handler, static_cast<std::uint32_t>(EventKind::kTick), index, this) {}
    RunQueue queue;
    Thread* current = nullptr;  // arriving or running
    bool reconsider_later = false;
    sim::Time idle_since;
    sim::Event tick;
  };

  void wake_on_some_core(Thread& thread, Wakeup how);
  int idle_core_for(const Thread& thread) const;
  int least_loaded_core() const;
  void enqueue(Core& core, Thread& thread);
  void reconsider(Core& core);
  void switch_to(Core& core, Thread& thread);
  // Of the `delay` until it arrives the last part, `own`, is charged to the thread.
  void dispatch(Core& core, Thread& thread, sim::Duration delay, sim::Duration own);
  void arrive(Thread& thread);
  void advance(Thread& thread);
  void leave_core(Thread& thread, ThreadState to);
  void give_to_next(Core& core);
  Thread* pull_for(Core& idle);
  void tick(Core& core);
  void arm_tick(Core& core);

  void schedule_end(Thread& thread);  // of the burst in progress, if any
  void account(Thread& thread);       // for what ran since `resumed`
  void charge_cpu(Thread& thread, sim::Duration ran);
  void change_busy(int by);
  Core& core_of(const Thread& thread) { return cores_[static_cast<std::size_t>(thread.core)]; }
  void say_blocked(const Thread& thread, const char* what) const;

  sim::Simulator& simulator_;
  MachineParameters parameters_;
  PreparedWakeCurve timer_wake_;
  PreparedWakeCurve futex_wake_;
  PreparedCost waker_cost_;
  PreparedCost context_switch_;
  MachineClient& client_;
  sim::RandomStream random_;
  std::deque<Core> cores_;
  sim::StableVector<Thread> threads_;
  sim::Duration tick_phase_;
  double lone_speed_;    // of a core that is busy alone
  double shared_speed_;  // of each core when all are busy, relative to that
  double speed_;
  int busy_ = 0;
  Thread* executing_ = nullptr;
  LawChecker* laws_ = nullptr;
};

}  // namespace gilsim::model
