// Sees every event just before it is handled. Observers must not schedule, cancel or change
// anything.
#pragma once

#include "sim/event.hpp"

namespace gilsim::sim {

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_event(const Event& event) = 0;
};

}  // namespace gilsim::sim
