// A device that waits queue for: a disk, a pool of connections, the most connections to one host.
//
// Rule: `servers` requests are served at a time, each for the nominal time of its wait; who finds
// all of them busy is served in order of arrival. The device is the far side's: it goes on by
// itself when a request is done, whether or not the one who asked has woken up. All threads and
// processes share it. One that divides its speed among all who use it: shared_device.hpp. Left out:
// priorities, time-outs.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/parameter.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

enum class Discipline { kQueue, kShared };
template <>
struct EnumNames<Discipline> {
  static constexpr std::pair<Discipline, const char*> values[] = {
      {Discipline::kQueue, "queue"},
      {Discipline::kShared, "shared"},
  };
};

struct Device {
  std::string name;
  int servers = 1;
  Discipline discipline = Discipline::kQueue;
};

class DeviceQueue {
 public:
  explicit DeviceQueue(const Device& device) : free_at_(static_cast<std::size_t>(device.servers)) {}

  // A request arrives that takes `service`; how long it waits for a server.
  sim::Duration admit(sim::Time now, sim::Duration service);

 private:
  std::vector<sim::Time> free_at_;  // of each server
};

}  // namespace gilsim::model
