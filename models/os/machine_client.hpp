// What the machine asks of whoever owns its threads: what a thread that has a core does next.
#pragma once

#include <cstdint>

#include "models/os/thread.hpp"

namespace gilsim::model {

// What a thread on a core does next.
struct CpuRequest {
  enum class Kind : std::uint8_t { kCompute, kBlock, kExit };
  Kind kind = Kind::kBlock;
  bool interruptible = false;
  sim::Duration work;
  double memory = 0;  // GB/s that it would move at full speed

  static CpuRequest compute(sim::Duration work) { return {Kind::kCompute, false, work, 0}; }
  static CpuRequest compute_moving(double memory, sim::Duration work) {
    return {Kind::kCompute, false, work, memory};
  }
  static CpuRequest compute_until_interrupted(sim::Duration work) {
    return {Kind::kCompute, true, work, 0};
  }
  static CpuRequest block() { return {Kind::kBlock, false, {}, 0}; }
  static CpuRequest exit() { return {Kind::kExit, false, {}, 0}; }
};

class MachineClient {
 public:
  // `thread` is on a core and its last burst is over. A burst cut short leaves Thread::cut > 0.
  virtual CpuRequest next(Thread& thread) = 0;
  // The timer of a blocked thread has expired; it is woken right after.
  virtual void timer_expired(Thread& thread) = 0;

 protected:
  ~MachineClient() = default;
};

}  // namespace gilsim::model
