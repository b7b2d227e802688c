// The processes of a sweep that is spread over a cluster: who they are, and lines between them.
// Process 0 writes all that is written. What carries the lines is not known here
// (app/main_mpi.cpp).
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace gilsim::app {

class Cluster {
 public:
  virtual ~Cluster() = default;
  virtual std::size_t rank() const = 0;
  virtual std::size_t size() const = 0;

  // The first sends, the others receive; returns what the first one sent.
  virtual std::string share(const std::string& line) = 0;
  // To process 0; from one thread at a time.
  virtual void send(const std::string& line) = 0;
  // The next line that is there for process 0, from whomever; nothing: none is.
  virtual std::optional<std::string> receive() = 0;
};

}  // namespace gilsim::app
