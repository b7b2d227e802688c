// What it takes to carry one message with a payload from process to process: pickling, both ends of
// the pipe, unpickling, by the sizes that were measured. Between two of them a cost grows linearly;
// below the smallest and above the largest, in proportion to the size.
#pragma once

#include "models/process/message_costs.hpp"
#include "models/process/pipe.hpp"

namespace gilsim::model {

struct PayloadCost;

// `curve` by ascending size; empty: nothing is known, std::invalid_argument.
PayloadCost at_size(const std::vector<PayloadCost>& curve, std::int64_t bytes);
SharedMemoryCost at_size(const std::vector<SharedMemoryCost>& curve, std::int64_t bytes);

// Messages with a certain payload for each of their tasks.
class Crossing {
 public:
  // `payload`: bytes for each task; 0: nothing but the task itself.
  Crossing(const std::vector<PayloadCost>& curve, MessageSize size, std::int64_t payload)
      : curve_(curve), size_(size), payload_(payload) {
    if (payload_ > 0) alone_ = at_size(curve_, payload_);
  }

  std::int64_t bytes(std::size_t tasks) const {
    return size_.chunk + static_cast<std::int64_t>(tasks) * (size_.item + payload_);
  }
  sim::Duration pickle(Machine& machine, std::size_t tasks) const {
    return payload_ == 0 ? sim::Duration{} : machine.draw(alone_.pickle) * count(tasks);
  }
  sim::Duration unpickle(Machine& machine, std::size_t tasks) const {
    return payload_ == 0 ? sim::Duration{} : machine.draw(alone_.unpickle) * count(tasks);
  }

  // Of a message that is too large to be written at once: the pieces, and what each costs.
  struct Pieces {
    std::int64_t count = 0;
    sim::Duration write, read, keep;
  };
  Pieces pieces(Machine& machine, std::int64_t bytes) const;

 private:
  static std::int64_t count(std::size_t tasks) { return static_cast<std::int64_t>(tasks); }

  const std::vector<PayloadCost>& curve_;
  const MessageSize size_;
  const std::int64_t payload_;
  PayloadCost alone_;
};

}  // namespace gilsim::model
