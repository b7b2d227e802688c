#include "host/trace/bursts.hpp"

#include <map>
#include <optional>

#include "host/trace/event_stream.hpp"

namespace gilsim::trace {
namespace {

// Whether the holder of a lock is being asked for it: as take_gil() decides.
struct LockState {
  std::optional<std::uint32_t> last_holder;
  bool is_held = false;
  std::uint64_t switched = 0;
  bool is_asked_for = false;
};

struct ThreadState {
  Round round;
  const LockState* lock = nullptr;  // that it took last
  bool is_holding = false;
  std::uint64_t taken = 0;
  std::uint64_t released = 0;
  bool is_released = false;
  bool was_asked = false;
  bool is_whole = false;  // the round began in the window
  std::uint64_t interval_began = 0;
  std::uint64_t call_began = 0;
  std::uint64_t in_calls = 0;
  std::uint64_t forced = 0;
  std::uint64_t parked = 0;
  std::uint64_t waking = 0;  // from the drop to the first call

  std::uint32_t depth = 0;  // of tasks
  bool is_in_task = false;  // one that is kept
  bool is_paused = false;
  std::uint64_t step_began = 0;  // of a coroutine
  std::uint64_t step_name = 0;
  Round of_task;
};

class BurstFinder {
 public:
  BurstFinder(const TraceFile& file, const Window& window)
      : file_(file),
        window_(window),
        states_(file.threads().size()),
        bursts_(file.threads().size()) {}

  std::vector<ThreadBursts> run() {
    EventStream stream(file_);
    for (Event event; stream.next(event) && event.time <= window_.end;) {
      apply(event);
      apply_to_task(event);
    }
    for (std::size_t thread = 0; thread < states_.size(); ++thread) {
      bursts_[thread].unfinished = states_[thread].round.python;
    }
    return std::move(bursts_);
  }

 private:
  LockState& lock_of(const Event& event) {
    return locks_[{file_.threads()[event.thread].image, event.argument}];
  }

  void apply(const Event& event) {
    ThreadState& thread = states_[event.thread];
    switch (event.kind) {
      case Kind::kRequest:
        end_release(event);
        thread.interval_began = event.time;
        return;
      case Kind::kTimeout:
        return timeout(event);
      case Kind::kWoken:
        thread.interval_began = event.time;
        return;
      case Kind::kTake:
        return take(event);
      case Kind::kDrop:
        return drop(event);
      case Kind::kForced:
        thread.forced = event.time;
        return;
      case Kind::kForcedEnd:
        if (thread.is_released) thread.parked += event.time - thread.forced;
        return;
      case Kind::kBlock:
        return block(event);
      case Kind::kUnblock:
        return unblock(event);
      default:
        return;
    }
  }

  // The bytecode that the thread is in the middle of counts up to here.
  void cut_bytecode(ThreadState& thread, std::uint64_t time) {
    if (!thread.is_holding) return;
    add(thread, &Round::python, time - thread.taken);
    thread.taken = time;
  }

  void add(ThreadState& thread, std::uint64_t Round::*part, std::uint64_t time) {
    if (thread.is_paused) return;
    thread.round.*part += time;
    if (thread.is_in_task) thread.of_task.*part += time;
  }

  void apply_to_task(const Event& event) {
    ThreadState& thread = states_[event.thread];
    switch (event.kind) {
      case Kind::kPause:
        cut_bytecode(thread, event.time);
        thread.is_paused = true;
        return;
      case Kind::kResume:
        cut_bytecode(thread, event.time);
        thread.is_paused = false;
        return;
      case Kind::kTaskBegin:
        if (event.argument == static_cast<int>(TaskKind::kCoroutine)) {
          thread.step_began = event.time;
          thread.step_name = event.payload[1];
        } else if (thread.depth++ == 0 && event.time >= window_.begin) {
          begin_task(event);
        }
        return;
      case Kind::kTaskEnd:
        if (event.argument == static_cast<int>(TaskKind::kCoroutine)) return end_step(event);
        if (thread.depth > 0 && --thread.depth == 0 && thread.is_in_task) end_task(event);
        return;
      case Kind::kTaskSize:
        return note_sizes(event);
      default:
        return;
    }
  }

  void begin_task(const Event& event) {
    ThreadState& thread = states_[event.thread];
    cut_bytecode(thread, event.time);
    thread.is_in_task = true;
    thread.of_task = {};
    Task task;
    task.kind = static_cast<TaskKind>(event.argument);
    task.number = event.payload[0];
    task.name = event.payload[1];
    task.begin = event.time;
    bursts_[event.thread].tasks.push_back(std::move(task));
  }

  void end_task(const Event& event) {
    ThreadState& thread = states_[event.thread];
    cut_bytecode(thread, event.time);
    Task& task = bursts_[event.thread].tasks.back();
    task.end = event.time;
    task.rounds.push_back(thread.of_task);
    thread.is_in_task = false;
  }

  void end_step(const Event& event) {
    ThreadState& thread = states_[event.thread];
    if (thread.step_began == 0 || event.time < window_.begin) return;
    CoroutineSteps& steps = bursts_[event.thread].coroutines[thread.step_name];
    ++steps.steps;
    steps.finished += event.payload[1];
    steps.time += event.time - thread.step_began;
    thread.step_began = 0;
  }

  void note_sizes(const Event& event) {
    std::vector<Task>& tasks = bursts_[event.thread].tasks;
    if (tasks.empty() || tasks.back().number != event.payload[0]) return;
    if (event.payload[1] != kUnknownSize) tasks.back().argument_bytes = event.payload[1];
    if (event.payload[2] != kUnknownSize) tasks.back().result_bytes = event.payload[2];
  }

  void timeout(const Event& event) {
    ThreadState& thread = states_[event.thread];
    LockState& lock = lock_of(event);
    if (lock.is_held && thread.interval_began >= lock.switched) lock.is_asked_for = true;
    if (event.time >= window_.begin) {
      bursts_[event.thread].timeouts.push_back(event.time - thread.interval_began);
    }
    thread.interval_began = event.time;
  }

  void take(const Event& event) {
    end_release(event);
    LockState& lock = lock_of(event);
    if (lock.last_holder != event.thread) {
      lock.switched = event.time;
      if (lock.last_holder.has_value() && event.time >= window_.begin) {
        ++bursts_[event.thread].handovers;
      }
    }
    lock.last_holder = event.thread;
    lock.is_held = true;
    lock.is_asked_for = false;
    states_[event.thread].lock = &lock;
    states_[event.thread].is_holding = true;
    states_[event.thread].taken = event.time;
  }

  void drop(const Event& event) {
    ThreadState& thread = states_[event.thread];
    LockState& lock = lock_of(event);
    lock.is_held = false;
    thread.is_holding = false;
    if (thread.taken >= window_.begin) add(thread, &Round::python, event.time - thread.taken);
    thread.was_asked = lock.is_asked_for;
    thread.is_released = true;
    thread.released = event.time;
    thread.in_calls = thread.parked = thread.forced = thread.call_began = 0;
    thread.waking = 0;
  }

  void block(const Event& event) {
    ThreadState& thread = states_[event.thread];
    thread.call_began = event.time;
    const bool is_first = thread.is_released && thread.in_calls == 0 && thread.waking == 0;
    if (is_first) thread.waking = event.time - thread.released - thread.parked;
  }

  void unblock(const Event& event) {
    ThreadState& thread = states_[event.thread];
    if (!thread.is_released || thread.call_began < thread.released) return;
    const std::uint64_t time = event.time - thread.call_began;
    thread.in_calls += time;
    thread.round.waited = event.time;
    thread.round.call = static_cast<Call>(event.argument);
    if (thread.is_paused) return;
    const bool waits = time >= kShortestWait || is_for_another(event);
    thread.round.*(waits ? &Round::wait : &Round::native) += time;
    if (thread.is_in_task) {
      const bool is_file = thread.round.call == Call::kRead || thread.round.call == Call::kWrite;
      const bool task_waits = waits && (!is_file || time >= kShortestFileWait);
      thread.of_task.*(task_waits ? &Round::wait : &Round::native) += time;
    }
  }

  // Whoever lets go of one of Python's own locks has the interpreter lock meanwhile.
  bool is_for_another(const Event& event) const {
    const ThreadState& thread = states_[event.thread];
    const bool is_of_python =
        thread.round.call == Call::kSemaphore || thread.round.call == Call::kCondition;
    return is_of_python && thread.lock != nullptr && thread.lock->last_holder != event.thread;
  }

  void end_release(const Event& event) {
    ThreadState& thread = states_[event.thread];
    if (!thread.is_released) return;
    thread.is_released = false;
    const bool was_forced = thread.was_asked && thread.in_calls == 0;
    if (was_forced) return;
    thread.round.dropped = thread.released;
    add(thread, &Round::native,
        event.time - thread.released - thread.in_calls - thread.parked - thread.waking);
    if (thread.is_in_task && !thread.is_paused) {
      bursts_[event.thread].tasks.back().rounds.push_back(thread.of_task);
      thread.of_task = {};
    }
    if (thread.is_whole) bursts_[event.thread].rounds.push_back(thread.round);
    thread.round = {};
    thread.is_whole = event.time >= window_.begin;
  }

  const TraceFile& file_;
  const Window window_;
  std::vector<ThreadState> states_;
  std::vector<ThreadBursts> bursts_;
  std::map<std::pair<std::uint32_t, std::uint16_t>, LockState> locks_;
};

}  // namespace

std::vector<ThreadBursts> find_bursts(const TraceFile& file, const Window& window) {
  return BurstFinder(file, window).run();
}

}  // namespace gilsim::trace
