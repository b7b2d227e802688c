#include "host/trace/summary.hpp"

#include <algorithm>
#include <memory>

#include "host/trace/event_stream.hpp"
#include "host/trace/lock_history.hpp"

namespace gilsim::trace {
namespace {

constexpr std::size_t kNoCall = kCalls;

// Where a thread is between its records.
struct ThreadState {
  LockHistory* lock = nullptr;  // that it last had to do with
  std::uint64_t released = 0;   // since when it runs without the lock
  bool is_released = true;
  std::uint64_t blocked_released = 0;  // of the time since then
  std::uint64_t forced = 0;            // since when it waits for somebody to take the lock
  std::size_t call = kNoCall;
  std::uint64_t call_began = 0;

  // The last sample of CPU time, and how many takes and drops there have been since.
  bool is_sampled = false;
  bool sampled_holding = false;
  std::uint64_t sample_time = 0;
  std::uint64_t sample_cpu = 0;
  std::uint64_t sample_native = 0;
  int changes = 0;
};

class Summarizer {
 public:
  explicit Summarizer(const TraceFile& file) : file_(file), states_(file.threads().size()) {
    for (const RecordedThread& thread : file.threads()) {
      ThreadSummary summary;
      summary.image = thread.image;
      summary.thread = thread.thread;
      summary.is_main = thread.thread == file.images()[thread.image].process;
      summary.begin = summary.end = thread.segments.front().time;
      summary_.threads.push_back(summary);
      states_[summary_.threads.size() - 1].released = summary.begin;
    }
  }

  Summary run() {
    EventStream stream(file_);
    for (Event event; stream.next(event);) {
      ++summary_.events;
      summary_.end = event.time;
      summary_.threads[event.thread].end = event.time;
      apply(event);
    }
    for (const ThreadSummary& thread : summary_.threads) {
      const bool is_first = &thread == &summary_.threads.front();
      if (is_first || thread.begin < summary_.begin) summary_.begin = thread.begin;
    }
    finish();
    return std::move(summary_);
  }

 private:
  LockHistory& lock_of(const Event& event) {
    ThreadState& state = states_[event.thread];
    const std::uint32_t image = summary_.threads[event.thread].image;
    if (state.lock != nullptr && state.lock->summary().lock == event.argument) return *state.lock;
    std::unique_ptr<LockHistory>& found = locks_[{image, event.argument}];
    if (found == nullptr) {
      found = std::make_unique<LockHistory>(image, event.argument, summary_.threads);
    }
    state.lock = found.get();
    return *found;
  }

  void apply(const Event& event) {
    switch (event.kind) {
      case Kind::kThreadStart:
        return start(event);
      case Kind::kThreadEnd:
        summary_.threads[event.thread].has_ended = true;
        if (states_[event.thread].lock != nullptr) {
          states_[event.thread].lock->forget(event.thread, event.time);
        }
        return end_released(event.thread, event.time);
      case Kind::kRequest:
        end_released(event.thread, event.time);
        return lock_of(event).request(event.thread, event.time);
      case Kind::kTimeout:
        return lock_of(event).timeout(event.thread, event.time);
      case Kind::kWoken:
        return lock_of(event).woken(event.thread, event.time);
      case Kind::kTake:
        end_released(event.thread, event.time);
        ++states_[event.thread].changes;
        return lock_of(event).take(event.thread, event.time);
      case Kind::kDrop:
        return drop(event);
      case Kind::kForced:
        states_[event.thread].forced = event.time;
        return lock_of(event).forced(event.thread);
      case Kind::kForcedEnd:
        return end_parking(event);
      case Kind::kBlock:
        return block(event);
      case Kind::kUnblock:
        return unblock(event);
      case Kind::kCpu:
        return sample(event);
      default:
        return;
    }
  }

  void start(const Event& event) {
    ThreadSummary& thread = summary_.threads[event.thread];
    thread.creator = static_cast<std::uint32_t>(event.payload[0]);
    const std::uint64_t began = event.payload[1];
    if (began == 0 || began > thread.begin) return;
    thread.begin = states_[event.thread].released = began;
  }

  void drop(const Event& event) {
    lock_of(event).drop(event.thread, event.time);
    ThreadState& state = states_[event.thread];
    ++state.changes;
    state.is_released = true;
    state.released = event.time;
    state.blocked_released = 0;
    state.call = kNoCall;
  }

  void end_parking(const Event& event) {
    ThreadState& state = states_[event.thread];
    if (!state.is_released || state.forced < state.released) return;
    summary_.threads[event.thread].parked += event.time - state.forced;
    state.blocked_released += event.time - state.forced;
  }

  void end_released(std::uint32_t thread, std::uint64_t time) {
    ThreadState& state = states_[thread];
    if (state.call != kNoCall) end_call(thread, time);
    if (!state.is_released) return;
    state.is_released = false;
    summary_.threads[thread].native += time - state.released - state.blocked_released;
  }

  void block(const Event& event) {
    ThreadState& state = states_[event.thread];
    if (state.call != kNoCall) end_call(event.thread, event.time);
    if (event.argument >= kCalls) return;
    state.call = event.argument;
    state.call_began = event.time;
  }

  void unblock(const Event& event) {
    if (states_[event.thread].call == event.argument) end_call(event.thread, event.time);
  }

  void end_call(std::uint32_t thread, std::uint64_t time) {
    ThreadState& state = states_[thread];
    ThreadSummary& summary = summary_.threads[thread];
    const bool is_holding = state.lock != nullptr && state.lock->is_held_by(thread);
    CallTime& call = (is_holding ? summary.blocked_held : summary.blocked)[state.call];
    ++call.count;
    call.time += time - state.call_began;
    if (state.is_released) state.blocked_released += time - state.call_began;
    state.call = kNoCall;
  }

  // A stretch counts when it was wholly with the lock, or wholly without it.
  void sample(const Event& event) {
    ThreadState& state = states_[event.thread];
    ThreadSummary& thread = summary_.threads[event.thread];
    const std::uint64_t cpu = event.payload[0];
    const bool is_holding = state.lock != nullptr && state.lock->is_held_by(event.thread);
    if (state.is_sampled && state.changes == 1 && cpu >= state.sample_cpu) {
      CpuShare& share = state.sampled_holding ? thread.cpu_held : thread.cpu_released;
      share.cpu += cpu - state.sample_cpu;
      share.wall += state.sampled_holding ? event.time - state.sample_time
                                          : thread.native - state.sample_native;
    }
    thread.cpu_time = cpu;
    state.is_sampled = true;
    state.sampled_holding = is_holding;
    state.sample_time = event.time;
    state.sample_cpu = cpu;
    state.sample_native = thread.native;
    state.changes = 0;
  }

  void finish() {
    for (std::uint32_t thread = 0; thread < states_.size(); ++thread) {
      end_released(thread, summary_.threads[thread].end);
    }
    std::map<std::uint32_t, std::uint64_t> ends;  // of programs: many exit with the lock held
    for (const ThreadSummary& thread : summary_.threads) {
      ends[thread.image] = std::max(ends[thread.image], thread.end);
    }
    for (const auto& [key, lock] : locks_) {
      lock->finish(ends[key.first]);
      if (lock->summary().takes > 0) summary_.locks.push_back(lock->summary());
    }
  }

  const TraceFile& file_;
  Summary summary_;
  std::vector<ThreadState> states_;
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::unique_ptr<LockHistory>> locks_;
};

}  // namespace

Summary summarize(const TraceFile& file) { return Summarizer(file).run(); }

}  // namespace gilsim::trace
