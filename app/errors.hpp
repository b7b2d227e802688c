// Exit codes and the errors that lead to them.
#pragma once

#include <stdexcept>
#include <string>

namespace gilsim::app {

enum ExitCode : int {
  kOk = 0,
  kExpectFailed = 1,
  kUsage = 2,      // also a wrong scenario, profile or host
  kOutput = 3,     // a result could not be written
  kInternal = 70,  // a law of the simulation was broken, or a mistake of ours
  kInterrupted = 130,
};

// The command line or a file it names is wrong; the message says what, the hint the way out.
class UsageError : public std::runtime_error {
 public:
  explicit UsageError(const std::string& message, std::string hint = "")
      : std::runtime_error(message), hint_(std::move(hint)) {}
  const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gilsim::app
