#include "app/timeline_json.hpp"

#include <nlohmann/json.hpp>

#include "app/activity_look.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::ordered_json;
using model::Activity;

constexpr int kThreads = 1, kLocks = 2, kCores = 3;  // processes of the trace

const char* slice_name(Activity activity) {
  switch (activity) {
    case Activity::kPython:
      return "Python Code";
    case Activity::kNativeHeld:
    case Activity::kNative:
      return "Native Code";
    case Activity::kHeldOffCore:
    case Activity::kWaitsForCore:
      return "Off CPU";
    case Activity::kWaitsForLock:
      return "Waiting for GIL";
    case Activity::kLettingGo:
      return "Releasing GIL";
    case Activity::kThrottled:
      return "Throttled";
    case Activity::kWaking:
      return "Waking";
    case Activity::kWaiting:
      return "I/O";
    case Activity::kIdle:
      return "Idle";
    case Activity::kAbsent:
      break;
  }
  return "";
}

// An exact number of nanoseconds as a number of microseconds.
std::string microseconds(std::int64_t nanoseconds) {
  std::string fraction = std::to_string(nanoseconds % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  return std::to_string(nanoseconds / 1000) + "." + fraction;
}

class Events {
 public:
  void name(int process, const std::string& text) {
    add(Json{{"ph", "M"}, {"pid", process}, {"name", "process_name"}, {"args", {{"name", text}}}});
  }
  void name(int process, std::size_t thread, const std::string& text) {
    add(Json{{"ph", "M"},
             {"pid", process},
             {"tid", thread},
             {"name", "thread_name"},
             {"args", {{"name", text}}}});
  }
  void slice(int process, std::size_t thread, const std::string& name, sim::Time from,
             sim::Time to) {
    std::string text = spelt(Json{{"ph", "X"}, {"pid", process}, {"tid", thread}, {"name", name}});
    text.pop_back();
    add(text + ",\"ts\":" + microseconds(from.since_start().count()) +
        ",\"dur\":" + microseconds((to - from).count()) + "}");
  }
  const std::string& text() const { return text_; }

  static std::string spelt(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

 private:
  void add(const Json& json) { add(spelt(json)); }
  void add(const std::string& event) { text_ += (text_.empty() ? "" : ",\n") + event; }

  std::string text_;
};

void add_threads(Events& events, const model::Timeline& timeline) {
  struct Held {
    bool holds = false;
    sim::Time since, until;
  };
  std::vector<Held> held(timeline.threads.size());
  const auto close = [&](std::size_t thread) {
    Held& of = held[thread];
    if (!of.holds) return;
    events.slice(kThreads, thread, "Has GIL", of.since, of.until);
    events.slice(kLocks, timeline.threads[thread].lock, timeline.threads[thread].name, of.since,
                 of.until);
    of.holds = false;
  };
  for (const model::Span& span : timeline.spans) {
    Held& of = held[span.thread];
    const bool holds = timeline.excludes && model::holds_the_lock(span.activity);
    if (!holds || (of.holds && of.until != span.from)) close(span.thread);
    if (holds && !of.holds) of = {true, span.from, span.from};
    if (holds) of.until = span.to;
    events.slice(kThreads, span.thread, slice_name(span.activity), span.from, span.to);
  }
  for (std::size_t i = 0; i < held.size(); ++i) close(i);
}

}  // namespace

std::string timeline_json(const model::Timeline& timeline, const TimelineHead& head) {
  Events events;
  events.name(kThreads, "threads");
  events.name(kLocks, "interpreter locks: who has them");
  events.name(kCores, "cores: who has them");
  for (std::size_t i = 0; i < timeline.threads.size(); ++i) {
    events.name(kThreads, i, timeline.threads[i].name);
  }
  for (std::size_t i = 0; timeline.excludes && i < timeline.locks; ++i) {
    events.name(kLocks, i, "lock " + std::to_string(i));
  }
  for (int i = 0; i < timeline.cores; ++i) {
    events.name(kCores, static_cast<std::size_t>(i), "core " + std::to_string(i));
  }
  add_threads(events, timeline);
  for (const model::CoreSpan& span : timeline.core_spans) {
    events.slice(kCores, span.core,
                 span.thread < 0 ? "another process"
                                 : timeline.threads[static_cast<std::size_t>(span.thread)].name,
                 span.from, span.to);
  }
  const Json head_json = {{"program", "gilsim"},
                          {"version", GILSIM_VERSION},
                          {"question", head.question},
                          {"point", head.point},
                          {"reproduce", head.reproduce}};
  return "{\"displayTimeUnit\":\"ms\",\n\"otherData\":" + Events::spelt(head_json) +
         ",\n\"traceEvents\":[\n" + events.text() + "\n]}\n";
}

}  // namespace gilsim::app
