#include "host/host_speed.hpp"

#include "host/interpreter_probes.hpp"

namespace gilsim::host {
namespace {

constexpr const char* kChunks = "25";  // some 0.4 s

}  // namespace

double speed_now(const InstalledInterpreter& interpreter,
                 const model::InterpreterParameters& calibrated, int processes,
                 const StopFlag* stop) {
  const InterpreterProbes probes(interpreter, false, stop);
  double sum = 0;
  for (int i = 0; i < processes; ++i) {
    sum += probes.run({"speed now", {"probe_speed.py", kChunks}, ""}).at("speed").at(0);
  }
  return sum / processes / calibrated.rates.main.median;
}

}  // namespace gilsim::host
