// A device whose speed is divided among all who use it: a network link, the bandwidth of a disk.
//
// Rule: `servers` transfers go on at full speed; of n that are more each gets the same share,
// servers / n, at once, whenever one begins or ends (processor sharing; L. Kleinrock, "Time-shared
// systems: a theoretical treatment", 1967; fluid models of TCP flows with one bottleneck,
// L. Massoulie and J. Roberts, "Bandwidth sharing: objectives and algorithms", 1999). Left out:
// slow starts, losses, shares that differ, what is lost to switching between transfers.
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "sim/time.hpp"

namespace gilsim::model {

class SharedDevice {
 public:
  explicit SharedDevice(int servers) : servers_(servers) {}

  // A transfer begins that takes `service` at full speed; `now` is not before the last call's.
  void begin(sim::Time now, sim::Duration service, std::uint64_t id);
  // When the first of those under way ends, if no other begins; nothing: there are none.
  std::optional<sim::Time> next_end() const;
  // Ends that one at next_end(); precondition: there is one. Its id.
  std::uint64_t end_next();

 private:
  struct Transfer {
    sim::Duration served_at_end;
    std::uint64_t sequence;
    std::uint64_t id;
    bool operator<(const Transfer& other) const {  // std::priority_queue gives the largest first
      return served_at_end != other.served_at_end ? other.served_at_end < served_at_end
                                                  : other.sequence < sequence;
    }
  };

  // Time that full speed takes over the time that it takes now.
  double share() const;

  const double servers_;
  std::priority_queue<Transfer> transfers_;
  sim::Duration served_;  // what a transfer that was always there would have got by at_
  sim::Time at_;
  std::uint64_t sequence_ = 0;
};

}  // namespace gilsim::model
