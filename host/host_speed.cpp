#include "host/host_speed.hpp"

#include "host/interpreter_probes.hpp"
#include "host/measurements.hpp"

namespace gilsim::host {
namespace {

constexpr const char* kChunks = "25";  // some 0.4 s

}  // namespace

model::Estimate speed_now(const InstalledInterpreter& interpreter,
                          const model::InterpreterParameters& calibrated, int processes,
                          const StopFlag* stop) {
  const InterpreterProbes probes(interpreter, false, stop);
  std::vector<double> speeds;
  speeds.reserve(static_cast<std::size_t>(processes));
  for (int i = 0; i < processes; ++i) {
    speeds.push_back(probes.run({"speed now", {"probe_speed.py", kChunks}, ""}).at("speed").at(0) /
                     calibrated.rates.main.median);
  }
  return estimate_of(speeds);
}

}  // namespace gilsim::host
