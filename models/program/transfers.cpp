#include "models/program/transfers.hpp"

namespace gilsim::model {
namespace {

constexpr std::uint32_t kTransferEnds = 64;  // unlike any kind of event of the machine's

}  // namespace

Transfers::Line::Line(sim::EventHandler& handler, std::uint16_t number, int servers)
    : device(servers), event(handler, kTransferEnds, number, this) {}

Transfers::Transfers(sim::Simulator& simulator, Client& client, const std::vector<Device>& devices)
    : simulator_(simulator), client_(client) {
  for (std::size_t i = 0; i < devices.size(); ++i) {
    if (devices[i].discipline != Discipline::kShared) continue;
    const auto number = static_cast<std::uint16_t>(i + 1);
    lines_.try_emplace(number, static_cast<sim::EventHandler&>(*this), number, devices[i].servers);
  }
}

void Transfers::begin(std::uint16_t device, sim::Duration service, const Transfer& transfer) {
  Line& line = lines_.at(device);
  under_way_.emplace(next_id_, transfer);
  line.device.begin(simulator_.now(), service, next_id_++);
  arm(line);
}

void Transfers::arm(Line& line) {
  simulator_.cancel(line.event);
  const auto end = line.device.next_end();
  if (end) simulator_.schedule(line.event, *end, sim::Priority::kCompletion);
}

void Transfers::handle(sim::Event& event) {
  Line& line = *static_cast<Line*>(event.owner);
  const auto ended = under_way_.find(line.device.end_next());
  const Transfer transfer = ended->second;
  under_way_.erase(ended);
  arm(line);
  client_.transferred(transfer);
}

}  // namespace gilsim::model
