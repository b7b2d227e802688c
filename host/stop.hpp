// The point at which a long probe sees that it should stop.
#pragma once

#include "host/host_error.hpp"
#include "host/subprocess.hpp"

namespace gilsim::host {

inline void throw_if_stopped(const StopFlag* stop) {
  if (stop && stop->load()) throw Interrupted();
}

}  // namespace gilsim::host
