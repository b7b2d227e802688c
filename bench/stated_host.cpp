#include "bench/stated_host.hpp"

#include <vector>

namespace gilsim::bench {
namespace {

model::Cost about(sim::Duration median) {
  return {median, median.scaled(0.8), median.scaled(1.5), 100};
}
model::Estimate about(double median) { return {median, 0.95 * median, 1.05 * median, 40}; }

// Gives every cost of a parameter struct a spread.
struct Widen {
  void field(const char*, model::Cost& cost, const model::FieldInfo&) { cost = about(cost.median); }
  template <class T>
  void field(const char*, std::vector<T>& list, const model::FieldInfo&) {
    for (T& element : list) describe(*this, element);
  }
  template <class T>
  void field(const char*, T&, const model::FieldInfo&) {}
};

}  // namespace

model::Configuration on_stated_host(int cores) {
  model::Configuration c;
  Widen widen;
  describe(widen, c.machine);
  c.machine.cores = cores;
  c.interpreter.version = "3.11.2";
  c.interpreter.rates = {about(5e7), about(4.8e7), about(4.8e7)};
  c.interpreter.waits.sleep.cpu = about(sim::Duration::microseconds(1));
  c.interpreter.waits.sleep.latency = about(sim::Duration::microseconds(1));
  c.switch_interval = sim::Duration::milliseconds(5);
  return c;
}

}  // namespace gilsim::bench
