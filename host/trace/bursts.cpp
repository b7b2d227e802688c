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
    for (Event event; stream.next(event) && event.time <= window_.end;) apply(event);
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
        thread.call_began = event.time;
        return;
      case Kind::kUnblock:
        return unblock(event);
      default:
        return;
    }
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
    states_[event.thread].taken = event.time;
  }

  void drop(const Event& event) {
    ThreadState& thread = states_[event.thread];
    LockState& lock = lock_of(event);
    lock.is_held = false;
    if (thread.taken >= window_.begin) thread.round.python += event.time - thread.taken;
    thread.was_asked = lock.is_asked_for;
    thread.is_released = true;
    thread.released = event.time;
    thread.in_calls = thread.parked = thread.forced = thread.call_began = 0;
  }

  void unblock(const Event& event) {
    ThreadState& thread = states_[event.thread];
    if (!thread.is_released || thread.call_began < thread.released) return;
    const std::uint64_t time = event.time - thread.call_began;
    thread.in_calls += time;
    (time >= kShortestWait ? thread.round.wait : thread.round.native) += time;
  }

  void end_release(const Event& event) {
    ThreadState& thread = states_[event.thread];
    if (!thread.is_released) return;
    thread.is_released = false;
    const bool was_forced = thread.was_asked && thread.in_calls == 0;
    if (was_forced) return;
    thread.round.native += event.time - thread.released - thread.in_calls - thread.parked;
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
