#include "tests/support/same_outcome.hpp"

namespace gilsim::test {
namespace {

std::string unequal(const std::string& what, std::int64_t a, std::int64_t b) {
  return a == b ? "" : what + ": " + std::to_string(a) + " and " + std::to_string(b);
}

}  // namespace

std::string difference(const model::ThreadOutcome& a, const model::ThreadOutcome& b,
                       std::int64_t scale) {
  if (a.name != b.name) return "names: " + a.name + " and " + b.name;
  std::string found = unequal("operations of " + a.name, a.operations, b.operations);
  if (found.empty()) found = unequal("CPU of " + a.name, a.cpu.count() * scale, b.cpu.count());
  for (std::size_t i = 0; found.empty() && i < a.latencies.size(); ++i) {
    found = unequal("latency " + std::to_string(i) + " of " + a.name,
                    a.latencies[i].count() * scale, b.latencies[i].count());
  }
  return found;
}

std::string difference_scaled(const model::Outcome& a, const model::Outcome& b,
                              std::int64_t scale) {
  std::string found = unequal("wall", a.wall.count() * scale, b.wall.count());
  const auto look = [&](const char* what, std::int64_t x, std::int64_t y) {
    if (found.empty()) found = unequal(what, x, y);
  };
  look("CPU", a.cpu.count() * scale, b.cpu.count());
  look("handovers", a.lock_handovers, b.lock_handovers);
  look("forced drops", a.forced_drops, b.forced_drops);
  look("voluntary switches", a.voluntary_switches, b.voluntary_switches);
  look("involuntary switches", a.involuntary_switches, b.involuntary_switches);
  look("threads", static_cast<std::int64_t>(a.threads.size()),
       static_cast<std::int64_t>(b.threads.size()));
  for (std::size_t i = 0; found.empty() && i < a.threads.size(); ++i) {
    found = difference(a.threads[i], b.threads[i], scale);
  }
  return found;
}

std::string difference(const model::Outcome& a, const model::Outcome& b) {
  return difference_scaled(a, b, 1);
}

}  // namespace gilsim::test
