#include "models/lock/registry.hpp"

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "models/lock/fifo_lock.hpp"
#include "models/lock/free_threaded_lock.hpp"
#include "models/lock/holder_request_lock.hpp"
#include "models/lock/interval_lock.hpp"
#include "models/lock/kept_calls_lock.hpp"
#include "models/lock/no_lock.hpp"
#include "models/lock/per_interpreter_lock.hpp"
#include "models/lock/priority_lock.hpp"
#include "models/lock/scheduler_lock.hpp"
#include "models/lock/tick_lock.hpp"
#include "models/program/interpreter_version.hpp"

namespace gilsim::model {
namespace {

using Version = VersionNumber;

Version version_of(const InterpreterParameters& interpreter) {
  return version_number(interpreter.version);
}

bool has_lock_between(const InterpreterParameters& interpreter, Version first, Version last) {
  const Version version = version_of(interpreter);
  return interpreter.implementation == "cpython" && !interpreter.free_threaded &&
         version >= first && version <= last;
}

constexpr Version kLatest{1000, 0};

bool has_tick_lock(const InterpreterParameters& i) { return has_lock_between(i, {2, 0}, {3, 1}); }
bool has_interval_lock(const InterpreterParameters& i) {
  return has_lock_between(i, {3, 2}, {3, 11});
}
bool has_lock_per_interpreter(const InterpreterParameters& i) {
  return has_lock_between(i, {3, 12}, {3, 12});
}
bool has_request_on_holder(const InterpreterParameters& i) {
  return has_lock_between(i, {3, 13}, kLatest);
}
bool is_free_threaded(const InterpreterParameters& i) {
  return i.implementation == "cpython" && i.free_threaded;
}

sim::Duration one_loop(const InterpreterParameters& interpreter) {
  return sim::Duration::from_seconds(1.0 / interpreter.rates.main.median);
}

// The eval breaker is looked at on every back edge: once a countdown loop.
sim::Duration notice_of(const Configuration& c) { return one_loop(c.interpreter); }

std::unique_ptr<InterpreterLock> make_tick_lock(Machine& machine, const Configuration& c) {
  // The counter is set to the check interval, and is below 0 one tick later than at 0.
  constexpr double loops = (TickLock::kCheckInterval + 1) / TickLock::kTicksPerLoop;
  const auto period = sim::Duration::from_seconds(loops / c.interpreter.rates.main.median);
  return std::make_unique<TickLock>(machine, std::max(period, sim::Duration::nanoseconds(1)));
}

template <class Lock>
std::unique_ptr<InterpreterLock> make_with_interval(Machine& machine, const Configuration& c) {
  if constexpr (std::is_base_of_v<IntervalLock, Lock>) {
    return std::make_unique<Lock>(machine, c.switch_interval, notice_of(c),
                                  c.interpreter.signal_stolen);
  } else {
    return std::make_unique<Lock>(machine, c.switch_interval, notice_of(c));
  }
}

template <class Lock>
std::unique_ptr<InterpreterLock> make_without_interval(Machine& machine, const Configuration& c) {
  return std::make_unique<Lock>(machine, notice_of(c));
}

std::unique_ptr<InterpreterLock> make_no_lock(Machine&, const Configuration&) {
  return std::make_unique<NoLock>();
}

constexpr LockModel kModels[] = {
    {LockKind::kTick, "CPython 2 to 3.1",
     "the holder counts ticks, lets go every 101, and takes the lock again at once",
     "models/lock/tick_lock.cpp", has_tick_lock, make_tick_lock},
    {LockKind::kInterval, "CPython 3.2 to 3.11",
     "a waiter asks for the lock after one switch interval; the holder lets go at its next check",
     "models/lock/interval_lock.cpp", has_interval_lock, make_with_interval<IntervalLock>},
    {LockKind::kPerInterpreter, "CPython 3.12",
     "as interval, one for each isolated interpreter; legacy ones don't hear each other's requests",
     "models/lock/per_interpreter_lock.cpp", has_lock_per_interpreter,
     make_with_interval<PerInterpreterLock>},
    {LockKind::kHolderRequest, "CPython 3.13 and later",
     "as interval, but the request goes to the very thread that holds the lock",
     "models/lock/holder_request_lock.cpp", has_request_on_holder,
     make_with_interval<HolderRequestLock>},
    {LockKind::kFreeThreaded, "CPython 3.13 and later, free-threaded",
     "no lock, at a price; collections stop the world", "models/lock/free_threaded_lock.cpp",
     is_free_threaded, make_without_interval<FreeThreadedLock>},
    {LockKind::kNone, "a bound, no interpreter", "no lock, for nothing", "models/lock/no_lock.hpp",
     nullptr, make_no_lock},
    {LockKind::kFifo, "a proposal", "as interval, but handed on to who has waited longest",
     "models/lock/fifo_lock.cpp", nullptr, make_with_interval<FifoLock>},
    {LockKind::kPriority, "a proposal (bpo-7946, D. Beazley)",
     "threads that do I/O preempt threads that compute", "models/lock/priority_lock.cpp", nullptr,
     make_with_interval<PriorityLock>},
    {LockKind::kScheduler, "a proposal (bpo-7946, N. Aides)",
     "slices and virtual deadlines choose who runs bytecode", "models/lock/scheduler_lock.cpp",
     nullptr, make_without_interval<SchedulerLock>},
    {LockKind::kKeptCalls, "a proposal (cpython #89977)",
     "as interval, but kept over system calls that do not block", "models/lock/kept_calls_lock.hpp",
     nullptr, make_with_interval<KeptCallsLock>},
};

const LockModel* own_model_of(const InterpreterParameters& interpreter) {
  for (const LockModel& model : kModels) {
    if (model.covers && model.covers(interpreter)) return &model;
  }
  return nullptr;
}

[[noreturn]] void throw_not_covered(const InterpreterParameters& interpreter) {
  std::string what = "no lock model for " + interpreter.implementation + " " + interpreter.version;
  if (interpreter.free_threaded) what += " (free-threaded)";
  what += "; there are:";
  std::string separator = " ";
  for (const LockModel& model : kModels) {
    if (!model.covers) continue;
    what += separator + name_of(model.kind) + " (" + model.versions + ")";
    separator = ", ";
  }
  throw std::invalid_argument(what);
}

}  // namespace

std::span<const LockModel> lock_models() { return kModels; }

const LockModel* find_lock_model(const Configuration& configuration) {
  if (!configuration.lock) return own_model_of(configuration.interpreter);
  for (const LockModel& model : kModels) {
    if (model.kind == *configuration.lock) return &model;
  }
  return nullptr;
}

const LockModel& lock_model_for(const Configuration& configuration) {
  if (const LockModel* const model = find_lock_model(configuration)) return *model;
  throw_not_covered(configuration.interpreter);
}

bool may_have_isolated_interpreters(const InterpreterParameters& interpreter) {
  return interpreter.implementation == "cpython" && has_isolated_interpreters(interpreter.version);
}

bool excludes(const Configuration& configuration) {
  const LockModel* const model = find_lock_model(configuration);
  return !model || (model->kind != LockKind::kFreeThreaded && model->kind != LockKind::kNone);
}

bool has_own_lock(const Configuration& configuration) {
  const LockModel* const own = own_model_of(configuration.interpreter);
  return !configuration.lock || (own && own->kind == *configuration.lock);
}

}  // namespace gilsim::model
