#include "host/host_speed.hpp"

#include "host/interpreter_probes.hpp"
#include "host/measurements.hpp"

namespace gilsim::host {
namespace {

constexpr const char* kChunks = "8";

}  // namespace

double speed_now(const InstalledInterpreter& interpreter,
                 const model::InterpreterParameters& calibrated, int processes,
                 const StopFlag* stop) {
  const InterpreterProbes probes(interpreter, false, stop);
  std::vector<double> medians;
  for (int i = 0; i < processes; ++i) {
    const NamedSamples samples = probes.run({"speed now", {"probe_speed.py", kChunks}, ""});
    medians.push_back(quantile(samples.at("speed"), 0.5));
  }
  return quantile(medians, 0.5) / calibrated.rates.main.median;
}

}  // namespace gilsim::host
