#include "host/trace/slices.hpp"

#include <optional>
#include <vector>

#include "host/trace/event_stream.hpp"

namespace gilsim::trace {
namespace {

class Slicer {
 public:
  Slicer(const TraceFile& file, const std::function<void(const Slice&)>& visit)
      : file_(file), visit_(visit), threads_(file.threads().size()) {
    for (std::uint32_t thread = 0; thread < threads_.size(); ++thread) {
      threads_[thread].begin = file.threads()[thread].segments.front().time;
    }
  }

  void run() {
    EventStream stream(file_);
    for (Event event; stream.next(event);) {
      threads_[event.thread].last = event.time;
      apply(event);
    }
    for (std::uint32_t thread = 0; thread < threads_.size(); ++thread) {
      end_call(thread, threads_[thread].last);
      change(thread, threads_[thread].last, Activity::kNative, 0);
    }
  }

 private:
  struct State {
    Activity activity = Activity::kNative;
    std::uint16_t argument = 0;
    std::uint64_t begin = 0;
    std::uint64_t last = 0;
    std::optional<std::uint16_t> held_call;
    std::uint64_t held_call_begin = 0;
  };

  void apply(const Event& event) {
    switch (event.kind) {
      case Kind::kThreadStart:
        if (event.payload[1] != 0 && event.payload[1] < threads_[event.thread].begin) {
          threads_[event.thread].begin = event.payload[1];
        }
        return;
      case Kind::kRequest:
        return change(event, Activity::kWaiting);
      case Kind::kTake:
        return change(event, Activity::kHolding);
      case Kind::kDrop:
      case Kind::kForcedEnd:
        return change(event, Activity::kNative);
      case Kind::kForced:
        return change(event, Activity::kParked);
      case Kind::kBlock:
        return begin_call(event);
      case Kind::kUnblock:
        return unblock(event);
      case Kind::kThreadEnd:
        return change(event, Activity::kNative);
      default:
        return;
    }
  }

  void change(const Event& event, Activity activity) {
    end_call(event.thread, event.time);
    change(event.thread, event.time, activity, event.argument);
  }

  void change(std::uint32_t thread, std::uint64_t time, Activity activity, std::uint16_t argument) {
    State& state = threads_[thread];
    if (time > state.begin) {
      visit_({thread, state.activity, state.argument, false, state.begin, time});
    }
    state.activity = activity;
    state.argument = argument;
    state.begin = time;
  }

  void begin_call(const Event& event) {
    State& state = threads_[event.thread];
    if (event.argument >= kCalls) return;
    end_call(event.thread, event.time);
    if (state.activity != Activity::kHolding) return change(event, Activity::kCall);
    state.held_call = event.argument;
    state.held_call_begin = event.time;
  }

  void unblock(const Event& event) {
    end_call(event.thread, event.time);
    if (threads_[event.thread].activity == Activity::kCall) change(event, Activity::kNative);
  }

  void end_call(std::uint32_t thread, std::uint64_t time) {
    State& state = threads_[thread];
    if (!state.held_call.has_value()) return;
    visit_({thread, Activity::kCall, *state.held_call, true, state.held_call_begin, time});
    state.held_call.reset();
  }

  const TraceFile& file_;
  const std::function<void(const Slice&)>& visit_;
  std::vector<State> threads_;
};

}  // namespace

void for_each_slice(const TraceFile& file, const std::function<void(const Slice&)>& visit) {
  Slicer(file, visit).run();
}

}  // namespace gilsim::trace
