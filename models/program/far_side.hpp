// The process at the far end of sockets and pipes that answers each request at once: one thread
// with an event loop, a client of the machine's cores like any other. So asking it wakes a core
// only when one is idle, and an answer takes its turn behind other threads that want the core.
// Source: the driver's own delay server (host/python/delay_server.py), which serves all clients.
// Left out: requests that are answered later (their latency is measured as a whole), several
// requests taken from the event loop at a time.
#pragma once

#include <deque>

#include "models/os/machine.hpp"

namespace gilsim::model {

class FarSide final : public MachineClient {
 public:
  class Asker {
   public:
    // An answer has come for `thread`.
    virtual void answered(Thread& thread) = 0;

   protected:
    ~Asker() = default;
  };

  FarSide(Machine& machine, Asker& asker) : machine_(machine), asker_(asker) {}

  // `thread`, which is on a core, asks; answering takes `serve` of the far side's CPU time.
  void ask(Thread& thread, sim::Duration serve);

  CpuRequest next(Thread& self) override;
  void timer_expired(Thread&) override {}

 private:
  struct Request {
    Thread* from;
    sim::Duration serve;
  };

  Machine& machine_;
  Asker& asker_;
  Thread* self_ = nullptr;  // created with the first request
  std::deque<Request> requests_;
  bool serving_ = false;
};

}  // namespace gilsim::model
