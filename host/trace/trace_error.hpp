// A file that is no trace, or a damaged one: the message names the file and the offset.
#pragma once

#include "host/host_error.hpp"

namespace gilsim::trace {

class TraceError : public host::HostError {
 public:
  using host::HostError::HostError;
};

}  // namespace gilsim::trace
