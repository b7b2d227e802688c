#include "app/trace_timeline.hpp"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/errors.hpp"
#include "app/trace_names.hpp"
#include "host/trace/slices.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxSlices = 2'000'000;

std::string name_of(const trace::Slice& slice) {
  switch (slice.activity) {
    case trace::Activity::kHolding:
      return "Has GIL";
    case trace::Activity::kWaiting:
      return "Waiting for GIL";
    case trace::Activity::kParked:
      return "Waiting for a taker";
    case trace::Activity::kNative:
      return "Native Code";
    case trace::Activity::kCall:
      return call_names()[slice.argument];
  }
  return "";
}

std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The format's times are microseconds.
std::string microseconds(std::uint64_t nanoseconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%llu.%03llu",
                static_cast<unsigned long long>(nanoseconds / 1000),
                static_cast<unsigned long long>(nanoseconds % 1000));
  return text;
}

class TimelineWriter {
 public:
  TimelineWriter(const trace::TraceFile& file, const trace::Summary& summary,
                 const TimelineWindow& window)
      : file_(file), summary_(summary), window_(window) {}

  std::string text() {
    name_parts();
    trace::for_each_slice(file_, [&](const trace::Slice& slice) { add(slice); });
    return "{\"displayTimeUnit\": \"ns\", \"traceEvents\": [\n" + text_ + "\n]}\n";
  }

 private:
  std::string place(std::uint32_t thread) const {
    const trace::ThreadSummary& found = summary_.threads[thread];
    return "\"pid\": " + std::to_string(file_.images()[found.image].process) +
           ", \"tid\": " + std::to_string(found.thread);
  }

  void line(const std::string& event) { text_ += (text_.empty() ? "" : ",\n") + event; }

  void name_parts() {
    for (const trace::Image& image : file_.images()) {
      line("{\"ph\": \"M\", \"name\": \"process_name\", \"pid\": " + std::to_string(image.process) +
           ", \"args\": {\"name\": " + quoted(command_text(image.command)) + "}}");
    }
    const std::vector<std::string> names = thread_names(summary_);
    for (std::uint32_t thread = 0; thread < names.size(); ++thread) {
      line("{\"ph\": \"M\", \"name\": \"thread_name\", " + place(thread) +
           ", \"args\": {\"name\": " + quoted(names[thread]) + "}}");
    }
  }

  void add(const trace::Slice& slice) {
    const std::uint64_t begin = std::max(slice.begin - summary_.begin, window_.from);
    const std::uint64_t end = std::min(slice.end - summary_.begin, window_.to);
    if (begin >= end) return;
    if (++slices_ > kMaxSlices) {
      throw UsageError("the timeline has more than " + std::to_string(kMaxSlices) + " slices",
                       "choose a part of it: --from 1s --to 1.5s");
    }
    line("{\"ph\": \"X\", \"name\": \"" + name_of(slice) + "\", \"cat\": \"" +
         (slice.activity == trace::Activity::kCall ? "call" : "gil") + "\", " +
         place(slice.thread) + ", \"ts\": " + microseconds(begin) +
         ", \"dur\": " + microseconds(end - begin) + "}");
  }

  const trace::TraceFile& file_;
  const trace::Summary& summary_;
  const TimelineWindow window_;
  std::string text_;
  std::size_t slices_ = 0;
};

}  // namespace

std::string trace_timeline(const trace::TraceFile& file, const trace::Summary& summary,
                           const TimelineWindow& window) {
  return TimelineWriter(file, summary, window).text();
}

}  // namespace gilsim::app
