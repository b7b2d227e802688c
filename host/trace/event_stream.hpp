// All threads' records as one stream in the order of time. Where a drop and a take have the same
// time, the drop comes first.
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

#include "host/trace/format.hpp"
#include "host/trace/trace_file.hpp"

namespace gilsim::trace {

struct Event {
  std::uint64_t time = 0;
  Kind kind = Kind::kNothing;
  std::uint16_t argument = 0;
  std::uint32_t thread = 0;                // index into TraceFile::threads()
  const std::uint64_t* payload = nullptr;  // payload_words() of it
};

class EventStream {
 public:
  explicit EventStream(const TraceFile& file);

  // False: that was all.
  bool next(Event& event);

 private:
  struct Cursor {
    std::size_t segment = 0;
    const std::uint64_t* at = nullptr;
    std::uint64_t time = 0;
    Event event;
  };
  struct Later {
    const std::vector<Cursor>* cursors;
    bool operator()(std::uint32_t left, std::uint32_t right) const;
  };

  bool advance(std::uint32_t thread);

  const TraceFile& file_;
  std::uint64_t end_time_;
  std::vector<Cursor> cursors_;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, Later> queue_;
};

}  // namespace gilsim::trace
