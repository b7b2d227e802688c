// The header of a trace while it is being recorded: a new file that takes the place of an older one
// at once, so that a recording that still goes on keeps its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/trace/format.hpp"

namespace gilsim::host {

class TraceHeader {
 public:
  struct Setup {
    std::string path;
    std::vector<std::string> command;
    std::uint64_t limit_bytes = 0;
    trace::CpuClock cpu_clock = trace::CpuClock::kSampled;
    bool marks_tasks = false;
    std::vector<std::string> task_functions{};  // "module:function", marked as tasks, too
  };

  // Throws HostError: the file can't be written or mapped.
  explicit TraceHeader(const Setup& setup);
  ~TraceHeader();
  TraceHeader(const TraceHeader&) = delete;
  TraceHeader& operator=(const TraceHeader&) = delete;

  trace::Header& operator*() { return *header_; }
  trace::Header* operator->() { return header_; }
  const std::string& path() const { return path_; }

  // The recording is over, also for descendants that still run.
  void close();
  void remove();

 private:
  std::string path_;
  trace::Header* header_ = nullptr;
};

}  // namespace gilsim::host
