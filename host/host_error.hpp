// Something on this host does not work: message says what, where, and the way out.
#pragma once

#include <stdexcept>

namespace gilsim::host {

class HostError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A stop was asked for while real runs were going on; every child process has been ended.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

}  // namespace gilsim::host
