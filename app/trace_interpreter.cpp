#include "app/trace_interpreter.hpp"

#include <cmath>

#include "app/errors.hpp"
#include "host/trace/histogram.hpp"

namespace gilsim::app {
namespace {

constexpr std::uint64_t kFewTimeouts = 20;
constexpr double kDefaultInterval = 5e6;  // nanoseconds, of CPython

}  // namespace

std::string minor_version(const std::string& interpreter) {
  const std::size_t dot = interpreter.find('.');
  return interpreter.substr(0, interpreter.find('.', dot + 1));
}

const model::InterpreterParameters& parameters_of(const model::HostProfile& profile,
                                                  const std::string& version) {
  for (const auto& one : profile.interpreters) {
    if (!one.free_threaded && one.version.rfind(version + ".", 0) == 0) return one;
  }
  throw UsageError("the host profile knows no Python " + version,
                   "measure it: gilsim calibrate; or choose another profile: --host");
}

std::optional<sim::Duration> interval_seen(const std::vector<trace::ThreadBursts>& bursts,
                                           const model::HostProfile& profile) {
  trace::Histogram waits;
  for (const trace::ThreadBursts& thread : bursts) {
    for (const std::uint64_t time : thread.timeouts) waits.add(time);
  }
  if (waits.count() == 0) return {};
  const double slack = static_cast<double>(profile.machine.timer_slack.count());
  const double time = std::max(static_cast<double>(waits.quantile(0.05)) - slack, 1000.0);
  if (waits.count() < kFewTimeouts && time >= kDefaultInterval) return {};
  const double digit = std::pow(10.0, std::floor(std::log10(time)) - 1);
  return sim::Duration::from_nanoseconds(std::round(time / digit) * digit);
}

}  // namespace gilsim::app
