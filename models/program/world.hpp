// Python threads on the simulated machine: carries out what behaviours say, under the rules of each
// interpreter's lock. Between two actions a thread holds its interpreter's lock, as bytecode does.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/configuration.hpp"
#include "models/laws/law_checker.hpp"
#include "models/laws/laws.hpp"
#include "models/laws/wait_for.hpp"
#include "models/lock/interpreter_lock.hpp"
#include "models/os/machine.hpp"
#include "models/program/action.hpp"
#include "models/program/far_side.hpp"
#include "models/program/prepared_waits.hpp"
#include "models/program/shared_objects.hpp"
#include "models/program/transfers.hpp"
#include "sim/stable_vector.hpp"

namespace gilsim::model {

class World;
struct PythonThread;

// The program of one thread. Called whenever the thread, holding the lock, has nothing left to do.
class Behaviour {
 public:
  virtual ~Behaviour() = default;
  virtual Action next(World& world, PythonThread& self) = 0;
  // After Action::calls(), while the thread does not hold the lock: what it computes, or that it
  // blocks until it is unparked (World::parks()); nothing: it takes the lock again.
  virtual std::optional<CpuRequest> proceed(World&, PythonThread&) { return std::nullopt; }
  // Who is to unpark `self`, which is parked: for the report of a deadlock. Where any of several
  // can, one that still may.
  virtual const PythonThread* waits_for(const PythonThread&) const { return nullptr; }
  // The far side has answered what `self` asked; false: it awaits that in a wait of its own.
  virtual bool answered(World&, PythonThread&) { return false; }
  // What `task` of its event loop waits for arrives `when`.
  virtual void arrives(World&, PythonThread&, std::uint32_t /*task*/, sim::Time /*when*/) {}
  // Of a thread that was created without a name.
  virtual std::string name_of(const PythonThread&) const { return ""; }
};

// Where bytecode runs decides how fast (InterpreterParameters::rates).
enum class Layout : std::uint8_t { kMain, kWorker, kChild };

struct PythonThread {
  enum class Phase : std::uint8_t {
    kTaking,     // on the way to the lock
    kDeciding,   // holds the lock; the behaviour is asked
    kPython,     // in bytecode
    kPending,    // does what its eval breaker asks for
    kDropping,   // lets go on request
    kReleasing,  // lets go to do something without the lock
    kUnlocked,   // does it
    kCalling,    // likewise, in calls that may block
    kSettling,   // pays for wake-ups, and for the call, before it blocks
    kBlocking,
  };

  std::uint32_t id() const { return seat.thread->id; }
  ThreadState state() const { return seat.thread->state; }

  Behaviour* behaviour = nullptr;
  std::uint16_t lock_index = 0;
  std::uint16_t next_lock = 0;  // that it is about to enter
  Layout layout = Layout::kMain;
  Phase phase = Phase::kTaking;
  bool permit : 1 = false;  // unparked before it parked
  bool parked : 1 = false;
  bool answered : 1 = false;  // by the far side, before it awaited that
  bool awaits : 1 = false;    // the far side's answer
  bool waits : 1 = false;     // in a wait that ends by itself: its timer is its own, not the lock's
  LockSeat seat;
  Action action;
  sim::Duration python_left;  // of the Python action in progress
  sim::Duration stretch;      // of that, without a check that matters
};

using SharedConfiguration = std::shared_ptr<const Configuration>;

class World final : public MachineClient, private FarSide::Asker, private Transfers::Client {
 public:
  World(SharedConfiguration configuration, std::uint64_t seed, std::uint64_t replication,
        Laws laws = Laws::kChecked);
  // Keeps a copy.
  World(const Configuration& configuration, std::uint64_t seed, std::uint64_t replication,
        Laws laws = Laws::kChecked)
      : World(std::make_shared<const Configuration>(configuration), seed, replication, laws) {}
  // What can only be said at the end of a run: accounts, waits, deadlocks. Throws LawBroken.
  void check_accounts();

  // An interpreter with a lock of its own; a process has one, or several.
  InterpreterLock& create_interpreter();
  // `interpreter`: which one of those that share the lock.
  PythonThread& create_thread(const std::string& name, InterpreterLock& lock, Layout layout,
                              Behaviour& behaviour, std::uint16_t interpreter = 0);
  // One that is named by its behaviour.
  PythonThread& create_thread(InterpreterLock& lock, Layout layout, Behaviour& behaviour,
                              std::uint16_t interpreter = 0);
  void start(PythonThread& thread) { machine_.start(*thread.seat.thread); }
  // What a thread does to go over to an interpreter with another lock.
  Action enter(PythonThread& thread, const InterpreterLock& lock);
  InterpreterLock& lock_of(const PythonThread& thread) const { return *locks_[thread.lock_index]; }
  // Lets a parked thread go on; remembered, once, when it is not parked yet.
  void unpark(PythonThread& thread) {
    if (let_go_on(thread)) machine_.wake(*thread.seat.thread);
  }
  // Likewise through a pipe or a socket (Machine::wake_synchronously()).
  void unpark_by_bytes(PythonThread& thread) {
    if (let_go_on(thread)) machine_.wake_synchronously(*thread.seat.thread);
  }
  // For proceed(): false when it has been unparked already, and goes on at once.
  static bool parks(PythonThread& thread);

  // Runs until `stop()`, until `horizon`, or until nothing is left to happen.
  sim::RunEnd run_until(sim::Time horizon) { return simulator_.run_until(horizon); }
  void stop() { simulator_.stop(); }
  void add_observer(sim::Observer& observer) { simulator_.add_observer(observer); }

  const Configuration& configuration() const { return configuration_; }
  const PreparedWaits& costs_of_waits() const { return costs_of_waits_; }
  // How long a request of `service` waits for a server of that device, which it comes to now.
  sim::Duration queueing(std::uint16_t device, sim::Duration service);
  bool is_shared(std::uint16_t device) const { return transfers_.are_on(device); }
  // What a task of the thread's event loop waits for begins on a device that is shared.
  void begin_transfer(const Action& wait, PythonThread& thread, std::optional<std::uint32_t> task);
  // Ends a poll that the thread is in, or about to be in, no later than that.
  void arrives(PythonThread& thread, sim::Time when);
  Machine& machine() { return machine_; }
  const Machine& machine() const { return machine_; }
  const sim::Simulator& simulator() const { return simulator_; }
  sim::Time now() const { return simulator_.now(); }
  const sim::StableVector<PythonThread>& threads() const { return threads_; }
  const std::vector<std::unique_ptr<InterpreterLock>>& locks() const { return locks_; }
  // Of each thread, by its id, whom it waits for.
  std::vector<WaitFor> waits() const;
  std::string name_of(const PythonThread& thread) const;
  // "main is blocked, worker 3 is ready": for the report of a run that does not go on.
  std::string describe_threads() const;

  CpuRequest next(Thread& thread) override;
  void timer_expired(Thread& thread) override;

 private:
  // Whether `thread` is parked; if not, what came is remembered.
  static bool let_go_on(PythonThread& thread);
  void answered(Thread& thread) override;
  void transferred(const Transfer& transfer) override;
  // After a call that asks the far side: true when that is to be paid for.
  bool has_asked(PythonThread& self);
  sim::Duration queueing(const Action& wait) { return queueing(wait.object, wait.serve); }
  WaitFor wait_of(const PythonThread& thread) const;  // without its name
  bool is_link_of_waits(const PythonThread& thread) const;
  void decide(PythonThread& self);
  void after_python(PythonThread& self);
  void after_pending(PythonThread& self);
  // Comes to the object that the step works on, and leaves it.
  void begin_shared(PythonThread& self);
  void end_shared(PythonThread& self);
  std::optional<CpuRequest> take(PythonThread& self);
  std::optional<CpuRequest> release(PythonThread& self);
  CpuRequest run_bytecode(PythonThread& self);
  std::uint16_t index_of(const InterpreterLock& lock) const;
  // Nothing returned: what it would wait for has come.
  std::optional<CpuRequest> block(PythonThread& self);
  std::optional<CpuRequest> park(PythonThread& self);
  std::optional<CpuRequest> begin_unlocked(PythonThread& self);
  sim::Duration at_speed_of(Layout layout, sim::Duration nominal) const;

  const SharedConfiguration shared_;
  const Configuration& configuration_;
  sim::Simulator simulator_;
  Machine machine_;
  FarSide far_side_;
  const PreparedWaits costs_of_waits_;
  std::vector<DeviceQueue> devices_;
  Transfers transfers_;
  std::optional<SharedObjects> shared_objects_;  // where nothing else keeps threads apart
  double slowness_[3];  // by layout: time of bytecode over its nominal time, drawn once a run
  std::vector<std::unique_ptr<InterpreterLock>> locks_;
  std::unique_ptr<LawChecker> laws_;
  sim::StableVector<PythonThread> threads_;     // by id
  std::map<std::uint32_t, std::string> names_;  // by id; where the behaviour does not know
};

}  // namespace gilsim::model
