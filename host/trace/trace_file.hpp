// A recorded trace, opened: what its header says, the programs in it, and where each thread's
// records are. The file is mapped, not read: a trace may be larger than memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/trace/format.hpp"

namespace gilsim::trace {

// A run of one thread's records.
struct Segment {
  const std::uint64_t* begin = nullptr;
  const std::uint64_t* end = nullptr;
  std::uint64_t time = 0;  // of the record before the first one
  bool starts_thread = false;
};

struct Image {
  std::uint32_t number = 0;
  std::uint32_t process = 0;
  std::uint32_t parent = 0;
  std::string interpreter;  // Py_GetVersion()
  std::vector<std::string> command;
};

// The kernel gives the number of a thread that has ended to another one: they are two here.
struct RecordedThread {
  std::uint32_t image = 0;  // index into images()
  std::uint32_t thread = 0;
  std::vector<Segment> segments;
};

class TraceFile {
 public:
  // Throws TraceError.
  explicit TraceFile(const std::string& path);
  ~TraceFile();
  TraceFile(const TraceFile&) = delete;
  TraceFile& operator=(const TraceFile&) = delete;

  const Header& header() const { return *header_; }
  const std::vector<std::string>& command() const { return command_; }
  const std::vector<Image>& images() const { return images_; }
  const std::vector<RecordedThread>& threads() const { return threads_; }
  // "module:function" of the functions that tasks called, by the number in the records.
  const std::map<std::uint64_t, std::string>& task_names() const { return task_names_; }
  // When the recording became incomplete: records after it are to be ignored.
  std::uint64_t end_time() const;
  std::uint64_t bytes() const { return bytes_; }

 private:
  class Scan;

  const char* data_ = nullptr;
  std::uint64_t bytes_ = 0;
  const Header* header_ = nullptr;
  std::vector<std::string> command_;
  std::vector<Image> images_;
  std::vector<RecordedThread> threads_;
  std::map<std::uint64_t, std::string> task_names_;
};

}  // namespace gilsim::trace
