// A child process of a test with pipes for its output, marked in its environment so that whatever
// it starts can be found again.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace gilsim::app::test {

class Child {
 public:
  enum class Output { kRead, kClosed };  // kClosed: a pipe whose reader has gone

  Child(const std::vector<std::string>& command, Output output);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  // Reads standard error until `text` is in it; false when it ended before.
  bool wait_for_error(const std::string& text);
  void send(int signal) const;
  // Reads to the end; returns the exit code, or 128 + signal.
  int finish();

  const std::string& error() const { return error_; }
  // Processes that carry the mark of this child, itself included.
  std::vector<pid_t> marked_processes() const;

 private:
  bool read_more();

  std::string mark_;
  pid_t process_ = -1;
  int error_pipe_ = -1;
  std::string error_;
};

}  // namespace gilsim::app::test
