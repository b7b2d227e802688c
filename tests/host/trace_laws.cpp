#include "tests/host/trace_laws.hpp"

#include <map>
#include <optional>

#include "host/trace/event_stream.hpp"

namespace gilsim::trace::test {
namespace {

class Laws {
 public:
  explicit Laws(const TraceFile& file) : file_(file), threads_(file.threads().size()) {}

  std::vector<std::string> broken() {
    EventStream stream(file_);
    for (Event event; stream.next(event);) {
      expect(event.time >= time_, event, "time went back");
      time_ = event.time;
      expect(event.time >= threads_[event.thread].time, event, "a thread's time went back");
      threads_[event.thread].time = event.time;
      check(event);
    }
    return broken_;
  }

 private:
  struct State {
    std::uint64_t time = 0;
    bool has_requested = false;
    std::optional<std::uint16_t> call;
  };

  void expect(bool holds, const Event& event, const std::string& law) {
    if (holds) return;
    broken_.push_back(std::to_string(event.time) + " thread " +
                      std::to_string(file_.threads()[event.thread].thread) + ": " + law);
  }

  void check(const Event& event) {
    State& thread = threads_[event.thread];
    auto& holder = holders_[{file_.threads()[event.thread].image, event.argument}];
    switch (event.kind) {
      case Kind::kRequest:
        expect(holder != event.thread, event, "asks for the lock it has");
        thread.has_requested = true;
        return;
      case Kind::kTimeout:
      case Kind::kWoken:
        return expect(thread.has_requested, event, "waits without a request");
      case Kind::kTake:
        expect(!holder.has_value(), event, "takes a lock that is taken");
        holder = event.thread;
        thread.has_requested = false;
        return;
      case Kind::kDrop:
        expect(holder == event.thread, event, "drops a lock it doesn't have");
        holder.reset();
        return;
      case Kind::kBlock:
        expect(!thread.call.has_value(), event, "a call within a call");
        thread.call = event.argument;
        return;
      case Kind::kUnblock:
        expect(thread.call == event.argument, event, "a call ends that has not begun");
        thread.call.reset();
        return;
      default:
        return;
    }
  }

  const TraceFile& file_;
  std::vector<State> threads_;
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::optional<std::uint32_t>> holders_;
  std::uint64_t time_ = 0;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_laws(const TraceFile& file) { return Laws(file).broken(); }

}  // namespace gilsim::trace::test
