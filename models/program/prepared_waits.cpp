#include "models/program/prepared_waits.hpp"

namespace gilsim::model {

PreparedWait::PreparedWait(const WaitCost& cost, const Cost& wake_up)
    : call(cost.call),
      cpu(cost.cpu),
      latency(cost.latency),
      at_once(cost.at_once.value_or(cost.latency)) {
  if (!cost.serve) return;
  answered = Answered{PreparedCost(without(cost.call, wake_up)),
                      PreparedCost(without(*cost.serve, wake_up))};
}

PreparedWaits::PreparedWaits(const WaitCosts& costs, const Cost& wake_up)
    : sleep_(costs.sleep, wake_up),
      socket_(costs.socket, wake_up),
      pipe_(costs.pipe, wake_up),
      file_(costs.file, wake_up),
      udp_(costs.udp, wake_up) {}

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
