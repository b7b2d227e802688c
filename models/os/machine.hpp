// Cores, scheduler and wake-ups: decides which thread computes where and when. Knows nothing of
// Python or of locks; a client says what a thread that has a core does next.
//
// Rules: one EEVDF run queue a core (run_queue.hpp). A waking thread goes to the core it was on if
// that is idle, else to any idle core, else queues where it was (kernel/sched/fair.c:
// select_idle_sibling); one whose dequeue is delayed wakes on its old queue. Who is woken by a
// write or a read of a pipe or socket, when no core is idle, queues on the core of its waker, if
// nobody else waits there: it runs as soon as that blocks (WF_SYNC; wake_affine_idle). A kernel
// that packs virtual processors (`pack_below`) leaves who wakes on its old core, however busy that
// is, until it has been used by that much of late (utilisation.hpp). A core that runs out of work
// may pull a waiting thread from the longest queue (newly_idle.hpp), and an idle one does at the
// tick of a core where one waits; neither takes a thread that ran within `migration_cost`
// (machine_balance.cpp). Timers of a core expire together when they can (core_timers.hpp). An idle
// core takes a latency to wake that depends on how long it was idle (wake_latency.hpp), and the
// waker pays for the wake-up. A switch is charged to the thread that arrives, as its exec_start is
// set before the switch (set_next_entity()). Rescheduling happens at wake-ups and ticks only. When
// several cores are busy each runs at a measured fraction of its speed alone, or as
// processor_speeds.hpp has it, with hardware threads or memory bandwidth. CFS instead of EEVDF:
// cfs_queue.hpp. A container's quota (quota.hpp) and threads of other processes (background.hpp)
// are there when their parameters are. Left out: caches and NUMA, balancing between busy cores,
// priorities, interrupts.
#pragma once

#include <algorithm>
#include <memory>

#include "models/laws/law_checker.hpp"
#include "models/os/background.hpp"
#include "models/os/core_set.hpp"
#include "models/os/core_timers.hpp"
#include "models/os/machine_client.hpp"
#include "models/os/machine_parameters.hpp"
#include "models/os/newly_idle.hpp"
#include "models/os/processor_speeds.hpp"
#include "models/os/quota.hpp"
#include "models/os/ready_queue.hpp"
#include "models/os/thread.hpp"
#include "models/os/utilisation.hpp"
#include "sim/fixed_vector.hpp"
#include "sim/random.hpp"
#include "sim/simulator.hpp"
#include "sim/stable_vector.hpp"

namespace gilsim::model {

class Machine final : public sim::EventHandler {
 public:
  // `speed` of every core, relative to that at which the parameters were measured.
  Machine(sim::Simulator& simulator, const MachineParameters& parameters, MachineClient& client,
          std::uint64_t seed, std::uint64_t replication, double speed = 1.0);

  // Tells `laws` who runs where; nullptr: nobody watches.
  void watch(LawChecker* laws) { laws_ = laws; }
  Thread& create_thread();
  // The background's threads, if there are any.
  void start_outsiders();
  // A thread of another process: no part of the run's accounts, nor of its quota.
  Thread& create_outsider(MachineClient& client);
  // A new thread becomes ready on the least loaded core.
  void start(Thread& thread);
  // Wakes a blocked thread; what the wake-up costs is charged to the thread now executing.
  void wake(Thread& thread) { wake_blocked(thread, Wakeup::kRemote); }
  // Likewise for who writes to, or reads from, a pipe or a socket that `thread` waits for
  // (wake_up_interruptible_sync_poll() in fs/pipe.c, sock_def_readable() in net/core/sock.c, and
  // through poll and epoll): the waker is expected to block soon.
  void wake_synchronously(Thread& thread) { wake_blocked(thread, Wakeup::kSynchronous); }
  // Wakes a blocked thread after `delay` as a kernel timer does: slack first, then the wake-up.
  void wake_by_timer_in(Thread& thread, sim::Duration delay);
  // Wakes it after exactly `delay` as another process, a device or the network would.
  void wake_from_outside_in(Thread& thread, sim::Duration delay);
  void cancel_timer(Thread& thread);
  // Ends an interruptible burst after at most `notice` more of its CPU time.
  void interrupt(Thread& thread, sim::Duration notice);
  // The thread now executing is going to block, and takes that long until it sleeps: till then its
  // core isn't idle to other threads. (To itself it is: who is woken while it falls asleep goes to
  // sleep all the same, on the mutex that its waker still holds.)
  void falls_asleep(const Thread& thread, sim::Duration takes) {
    core_of(thread).asleep_at = now() + takes;
    core_of(thread).falling_asleep = &thread;
  }
  // CPU time that the thread now executing must spend before its next burst, or a blocked one on
  // arriving at a core.
  void charge(Thread& thread, sim::Duration overhead) { thread.charged += overhead; }

  sim::Duration draw(const Cost& cost) { return cost.draw(random_); }
  sim::Duration draw(const PreparedCost& cost) { return cost.draw(random_); }
  sim::Duration draw(const PreparedWakeCurve& curve, sim::Duration idle) {
    return curve.after(idle, random_.normal());
  }
  double draw(const Estimate& estimate) { return estimate.draw(random_); }
  double uniform() { return random_.uniform(); }
  // CPU time of a wait that has timed out, beyond the switch that its wake-up was charged.
  sim::Duration cost_of_timed_wait() const {
    return std::max(parameters_.timed_wait.median - parameters_.context_switch.median,
                    sim::Duration{});
  }
  sim::Time now() const { return simulator_.now(); }
  const MachineParameters& parameters() const { return parameters_; }
  const sim::StableVector<Thread>& threads() const { return threads_; }
  // Of the burst in progress, what is still to be done.
  sim::Duration work_left(const Thread& thread) const;
  // Threads of other processes; their ids are not among those of the run's own.
  const sim::StableVector<Thread>& outsiders() const { return outsiders_; }
  static std::size_t index_among_outsiders(const Thread& thread) {
    return thread.id - kFirstOutsider;
  }
  const Quota* quota() const { return quota_.get(); }
  // CPU time so far, the stretch in progress included.
  sim::Duration cpu_of(const Thread& thread) const;

  void handle(sim::Event& event) override;

 private:
  static constexpr std::uint32_t kFirstOutsider = 1u << 30;
  using Occasion = ReadyQueue::Occasion;
  enum class Wakeup { kTimer, kRemote, kSynchronous };
  struct Core {
    Core(sim::EventHandler& handler, std::uint32_t index, const MachineParameters& parameters)
        : queue(parameters.slice, parameters.tick,
                parameters.scheduler == SchedulerKind::kCfs ? &parameters.cfs : nullptr),
          tick(handler, static_cast<std::uint32_t>(EventKind::kTick), index, this) {}
    ReadyQueue queue;
    Thread* current = nullptr;  // arriving or running
    bool reconsider_later = false;
    sim::Time idle_since;
    sim::Time asleep_at;  // of the thread that left it last, if it said so
    const Thread* falling_asleep = nullptr;
    NewlyIdle newly_idle;
    int failed_balances = 0;  // for it, at ticks, in a row
    Utilisation utilisation;  // with pack_below only
    CoreTimers timers;
    sim::Event tick;
    double speed = 1;                // while it runs; with speeds_ only
    std::vector<Thread*> set_aside;  // kept from running by the quota
  };

  void wake_blocked(Thread& thread, Wakeup how);
  void timer_expires(Thread& thread);
  void wake_on_some_core(Thread& thread, Wakeup how);
  int idle_core_for(const Thread& thread);
  Core& busy_core_for(const Thread& thread, Wakeup how);
  // Nobody has it, but it is not idle yet to `thread`.
  bool is_settling(const Core& core, const Thread& thread) const {
    return core.asleep_at > now() && core.falling_asleep != &thread && !core.current;
  }
  bool siblings_are_idle(std::size_t processor) const;
  int least_loaded_core() const;
  void enqueue(Core& core, Thread& thread);
  void follow(Core& core, Thread& thread);
  void preempt_for(Core& core, const Thread& woken);
  void reconsider(Core& core, Occasion occasion = Occasion::kWakeUp);
  void switch_to(Core& core, Thread& thread);
  // Of the `delay` until it arrives the last part, `own`, is charged to the thread, and what it was
  // charged while it was blocked.
  void dispatch(Core& core, Thread& thread, sim::Duration delay, sim::Duration own);
  void arrive(Thread& thread);
  void advance(Thread& thread);
  void leave_core(Thread& thread, ThreadState to);
  void vacate(Core& core);
  void give_to_next(Core& core);
  Thread* pull_for(Core& idle);
  Core* longest_queue();
  Thread* pull(Core& from, Core& idle, sim::Time hot_since);
  void balance_at_tick(Core& core);
  Thread* next_for(Core& core);
  void tick(Core& core);
  void arm_tick(Core& core);

  // With a quota only.
  bool may_run(const Core& core, const Thread& thread);
  void set_aside(Core& core, Thread& thread);
  void set_current_aside(Core& core);
  void release(const std::vector<std::size_t>& cores);

  void schedule_end(Thread& thread);  // of the burst in progress, if any
  void account(Thread& thread);       // for what ran since `resumed`
  void charge_cpu(Thread& thread, sim::Duration ran);
  void change_busy(const Thread& thread, int by);
  void follow_speeds();
  double speed_of(const Thread& thread) const;
  bool packs() const { return parameters_.pack_below > 0 && cores_.size() > 1; }
  Core& core_of(const Thread& thread) { return cores_[static_cast<std::size_t>(thread.core)]; }
  MachineClient& client_of(const Thread& thread) {
    return thread.outside ? *outsiders_clients_[index_among_outsiders(thread)] : client_;
  }
  void say_runs(const Thread& thread, sim::Time since);
  void say_stops(const Thread& thread);
  void say_blocked(const Thread& thread, const char* what) const;

  sim::Simulator& simulator_;
  MachineParameters parameters_;
  PreparedWakeCurve timer_wake_;
  PreparedWakeCurve futex_wake_;
  PreparedCost waker_cost_;
  PreparedCost context_switch_;
  MachineClient& client_;
  sim::RandomStream random_;
  sim::RandomStream dice_;  // of cores that become idle
  sim::FixedVector<Core> cores_;
  CoreSet idle_;  // cores without a current thread
  sim::StableVector<Thread> threads_;
  sim::Duration tick_phase_;
  sim::Time next_tick_;  // the first instant of ticks after the last time that it was asked for
  double lone_speed_;    // of a core that is busy alone
  std::vector<double> shared_speeds_;  // of each core, by how many are busy; empty: always the same
  double speed_;
  int busy_ = 0;  // cores; counted where their speed depends on it
  Thread* executing_ = nullptr;
  sim::Event refill_;
  sim::Event slack_;
  std::unique_ptr<ProcessorSpeeds> speeds_;  // null: all processors are equally fast
  std::unique_ptr<Quota> quota_;             // null: no quota
  std::unique_ptr<Background> background_;   // null: no other processes
  sim::StableVector<Thread> outsiders_;
  std::vector<MachineClient*> outsiders_clients_;
  LawChecker* laws_ = nullptr;
};

}  // namespace gilsim::model
