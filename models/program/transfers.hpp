// The transfers under way on devices that share their speed, as events: tells the world when each
// of them has ended, which moves with every other one that begins or ends.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "models/io/device.hpp"
#include "models/io/shared_device.hpp"
#include "sim/simulator.hpp"

namespace gilsim::model {

struct PythonThread;

struct Transfer {
  PythonThread* thread = nullptr;     // that asked
  std::optional<std::uint32_t> task;  // of its event loop; absent: the thread itself waits
  sim::Duration latency;              // from the end of the transfer until the answer is there
};

class Transfers final : private sim::EventHandler {
 public:
  class Client {
   public:
    virtual void transferred(const Transfer& transfer) = 0;

   protected:
    ~Client() = default;
  };

  // Devices count from 1, as those of actions do.
  Transfers(sim::Simulator& simulator, Client& client, const std::vector<Device>& devices);

  bool are_on(std::uint16_t device) const { return lines_.count(device) != 0; }
  void begin(std::uint16_t device, sim::Duration service, const Transfer& transfer);

 private:
  struct Line {
    Line(sim::EventHandler& handler, std::uint16_t number, int servers);
    SharedDevice device;
    sim::Event event;  // its next end
  };

  void handle(sim::Event& event) override;
  void arm(Line& line);

  sim::Simulator& simulator_;
  Client& client_;
  std::map<std::uint16_t, Line> lines_;
  std::map<std::uint64_t, Transfer> under_way_;
  std::uint64_t next_id_ = 0;
};

}  // namespace gilsim::model
