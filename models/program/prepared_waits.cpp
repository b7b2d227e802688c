#include "models/program/prepared_waits.hpp"

namespace gilsim::model {

PreparedWait::PreparedWait(const WaitCost& cost)
    : call(cost.call),
      cpu(cost.cpu),
      latency(cost.latency),
      at_once(cost.at_once.value_or(cost.latency)) {
  if (!cost.answered) return;
  const AnsweredCost& a = *cost.answered;
  answered = Answered{PreparedCost(a.bytecode), PreparedCost(a.ask), PreparedCost(a.receive),
                      PreparedCost(a.serve)};
}

PreparedWaits::PreparedWaits(const WaitCosts& costs)
    : sleep_(costs.sleep),
      socket_(costs.socket),
      pipe_(costs.pipe),
      file_(costs.file),
      udp_(costs.udp) {}

const PreparedWait& PreparedWaits::of(WaitVia via) const {
  switch (via) {
    case WaitVia::kSocket:
      return socket_;
    case WaitVia::kPipe:
      return pipe_;
    case WaitVia::kFile:
      return file_;
    case WaitVia::kUdp:
      return udp_;
    case WaitVia::kSleep:
      break;
  }
  return sleep_;
}

}  // namespace gilsim::model
