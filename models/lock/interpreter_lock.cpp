#include "models/lock/interpreter_lock.hpp"

namespace gilsim::model {
namespace {

constexpr std::uint8_t kCollecting = 255;  // a stage beyond those of any variant

}  // namespace

std::optional<CpuRequest> InterpreterLock::pending(LockSeat& seat) {
  if (seat.stage == kCollecting) {
    seat.stage = 0;
    collections_.made();
    return std::nullopt;
  }
  if (!collections_.is_due()) return std::nullopt;
  seat.stage = kCollecting;
  return CpuRequest::compute(collections_.pause());
}

}  // namespace gilsim::model
