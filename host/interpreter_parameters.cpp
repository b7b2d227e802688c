#include <algorithm>
#include <cmath>
#include <locale>
#include <sstream>
#include <string>
#include <vector>

#include "host/host_error.hpp"
#include "host/interpreter_probes.hpp"
#include "host/measurements.hpp"
#include "host/native_probes.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

class Assembly {
 public:
  Assembly(const InstalledInterpreter& interpreter, const NamedSamples& samples,
           const model::MachineParameters& machine)
      : interpreter_(interpreter), samples_(samples), machine_(machine) {}

  bool has(const std::string& name) const { return samples_.count(name) > 0; }

  const std::vector<double>& values(const std::string& name) const {
    const auto found = samples_.find(name);
    if (found == samples_.end() || found->second.empty()) {
      throw HostError("calibrating " + interpreter_.path + ": no samples of " + name +
                      "; leave this interpreter out");
    }
    return found->second;
  }

  model::Estimate estimate(const std::string& name) const { return estimate_of(values(name)); }

  model::Cost cost(const std::string& name) const {
    Samples samples;
    for (const double value : values(name)) samples.push_back(Duration::from_nanoseconds(value));
    return cost_of(samples);
  }

  // Less the context switch that the simulated machine adds by itself.
  model::Cost cost_but_switch(const std::string& name) const {
    return moved(cost(name), -machine_.context_switch.median);
  }

  // The own wake-up of a thread after a wait of `nominal`, as the simulated machine adds it.
  model::Cost wake_up(bool by_own_timer, Duration nominal) const {
    if (!by_own_timer) return model::latency_after(machine_.futex_wake, nominal);
    const Duration slack = machine_.timer_slack;
    return moved(model::latency_after(machine_.timer_wake, nominal + slack), slack);
  }

  // What remains of the wall time beyond the nominal one after the thread's CPU time and its own
  // wake-up. Samples at several nominal times are put together.
  model::Cost latency(const std::string& kind, const std::vector<Duration>& nominals) const {
    const bool by_own_timer = kind == "sleep";
    const model::Cost reference = wake_up(by_own_timer, nominals.front());
    Samples beyond;
    for (const Duration nominal : nominals) {
      const std::string at = kind + "." + std::to_string(nominal.count() / 1'000'000) + "ms.";
      const std::vector<double>& wall = values(at + "beyond");
      const std::vector<double>& call = values(at + "call");
      const std::vector<double>& cpu = values(at + "cpu");
      const Duration grown = wake_up(by_own_timer, nominal).median - reference.median;
      for (std::size_t i = 0; i < wall.size() && i < cpu.size() && i < call.size(); ++i) {
        beyond.push_back(Duration::from_nanoseconds(wall[i] - call[i] - cpu[i]) - grown);
      }
    }
    return model::without(cost_of(beyond), reference);
  }

  model::WaitCost wait(const std::string& kind) const {
    model::WaitCost result;
    result.call = cost(kind + ".1ms.call");
    result.cpu = cost(kind + ".1ms.cpu");
    result.latency = latency(kind, {Duration::milliseconds(1), Duration::milliseconds(10)});
    if (kind != "sleep") {
      result.at_once = latency(kind, {Duration()});
      result.answered = {cost(kind + ".bytecode"), cost(kind + ".ask"),
                         cost_but_switch(kind + ".receive"), cost_but_switch(kind + ".serve")};
    }
    return result;
  }

  std::optional<model::AsyncioCosts> asyncio() const {
    if (!has("asyncio.open")) return std::nullopt;
    const auto of = [this](const char* name) { return cost(std::string("asyncio.") + name); };
    model::AsyncioCosts result;
    result.open = of("open");
    result.close = of("close");
    result.create = of("create");
    result.begin = of("begin");
    result.done = of("done");
    result.handoff = of("handoff");
    result.resume = of("resume");
    result.turn = of("turn");
    result.poll = of("poll");
    result.timer_set = of("timer_set");
    result.timer_fire = of("timer_fire");
    result.cold = {{Duration::microseconds(100), model::Cost::exactly({})}};
    for (const int idle : {1, 3, 10, 30}) {
      const std::string name = "cold." + std::to_string(idle) + "ms";
      result.cold.push_back({Duration::milliseconds(idle), of(name.c_str())});
    }
    result.cold_task = of("cold_task");
    result.socket = {of("socket.ask"), of("socket.receive")};
    result.udp = {of("udp.ask"), of("udp.receive")};
    result.to_thread = {of("to_thread.submit"), of("to_thread.run"), of("to_thread.resume")};
    return result;
  }

  std::optional<model::InterpreterPoolCosts> interpreters() const {
    if (!has("interpreters.create")) return std::nullopt;
    return model::InterpreterPoolCosts{cost("interpreters.create"), cost("interpreters.call"),
                                       cost("interpreters.destroy")};
  }

  std::optional<model::PoolParameters> pool(const std::string& method) const {
    if (!has(method + ".create")) return std::nullopt;
    model::PoolParameters result;
    result.create = cost(method + ".create");
    result.create_per_worker = cost(method + ".create_per_worker");
    result.worker_ready = cost(method + ".worker_ready");
    result.item = cost(method + ".item");
    result.chunk = model::without(cost(method + ".chunk_and_item"), result.item);
    result.shutdown = cost(method + ".shutdown");
    result.worker_exit = cost(method + ".worker_exit");
    result.heap = model::HeapCosts{cost(method + ".heap.start"), cost(method + ".heap.exit")};
    if (has(method + ".executor_create")) {
      result.executor_create = cost(method + ".executor_create");
    }
    return result;
  }

  std::optional<model::MessageCosts> messages() const {
    if (!has("messages.pool.feed.chunk")) return std::nullopt;
    model::MessageCosts result;
    result.write = cost("messages.write");
    result.read = cost("messages.read");
    result.task = {whole("messages.task.chunk"), whole("messages.task.item")};
    result.result = {whole("messages.result.chunk"), whole("messages.result.item")};
    result.pool = pool_calls("messages.pool.", result.write, result.read);
    if (has("messages.dummy.feed.chunk")) {
      result.dummy = pool_calls("messages.dummy.", {}, {});
    }
    if (has("messages.executor.feed.chunk")) {
      result.executor = executor_calls(result.write, result.read);
    }
    add_payloads(result);
    return result;
  }

 private:
  int whole(const std::string& name) const {
    return static_cast<int>(std::lround(cost(name).median.count()));
  }

  model::ChunkCost chunk_cost(const std::string& name) const {
    return {cost(name + ".chunk"), cost(name + ".item")};
  }

  // Less the system calls that the simulated thread makes by themselves.
  model::ChunkCost chunk_cost(const std::string& name, const model::Cost& calls) const {
    return {model::without(cost(name + ".chunk"), calls), cost(name + ".item")};
  }

  model::PoolCalls pool_calls(const std::string& prefix, const model::Cost& write,
                              const model::Cost& read) const {
    model::PoolCalls result;
    result.submit = cost(prefix + "submit");
    result.feed = chunk_cost(prefix + "feed", write);
    result.work = chunk_cost(prefix + "work", plus(write, plus(read, read)));
    result.collect = chunk_cost(prefix + "collect", plus(read, read));
    result.result = cost(prefix + "result");
    if (has(prefix + "maintain.chunk")) result.maintain = chunk_cost(prefix + "maintain");
    return result;
  }

  model::ExecutorCalls executor_calls(const model::Cost& write, const model::Cost& read) const {
    const std::string prefix = "messages.executor.";
    model::ExecutorCalls result;
    result.wait = cost(prefix + "wait");
    result.submit = chunk_cost(prefix + "submit", write);
    result.enqueue = cost(prefix + "enqueue");
    result.feed = chunk_cost(prefix + "feed", write);
    result.rest = cost(prefix + "rest");
    result.work = chunk_cost(prefix + "work", plus(write, plus(read, read)));
    result.wait_per_worker = cost(prefix + "wait_per_worker");
    result.wakeup = model::without(cost(prefix + "wakeup"), read);
    // The manager waits once for each result.
    const model::Cost wait_of_one = model::without(result.wait, result.wait_per_worker);
    result.collect = chunk_cost(prefix + "collect", plus(wait_of_one, plus(read, read)));
    result.result = cost(prefix + "result");
    return result;
  }

  void add_payloads(model::MessageCosts& messages) const {
    for (const double size : sizes_of("messages.payload.", ".pickle")) {
      const std::string at = "messages.payload." + text_of(size) + ".";
      messages.payloads.push_back({size, cost(at + "pickle"), cost(at + "unpickle"),
                                   cost(at + "write"), cost(at + "read"), cost(at + "keep")});
    }
    for (const double size : sizes_of("messages.shared.", ".create")) {
      const std::string at = "messages.shared." + text_of(size) + ".";
      messages.shared_memory.push_back({size, cost(at + "create"), cost(at + "copy_in"),
                                        cost(at + "attach"), cost(at + "touch"),
                                        cost(at + "unlink")});
    }
  }

  // The sizes that stand between prefix and suffix in the samples' names, ascending.
  std::vector<double> sizes_of(const std::string& prefix, const std::string& suffix) const {
    std::vector<double> sizes;
    for (const auto& [name, values] : samples_) {
      if (name.rfind(prefix, 0) != 0 || name.size() < prefix.size() + suffix.size()) continue;
      if (name.compare(name.size() - suffix.size(), suffix.size(), suffix) != 0) continue;
      sizes.push_back(
          std::stod(name.substr(prefix.size(), name.size() - prefix.size() - suffix.size())));
    }
    std::sort(sizes.begin(), sizes.end());
    return sizes;
  }

  static std::string text_of(double size) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << size;
    return text.str();
  }

  static model::Cost plus(const model::Cost& a, const model::Cost& b) {
    return {a.median + b.median, a.low + b.low, a.high + b.high, std::min(a.samples, b.samples)};
  }

  static model::Cost moved(const model::Cost& cost, Duration by) {
    const auto at = [by](Duration quantile) { return std::max(quantile + by, Duration{}); };
    return {at(cost.median), at(cost.low), at(cost.high), cost.samples};
  }

  const InstalledInterpreter& interpreter_;
  const NamedSamples& samples_;
  const model::MachineParameters& machine_;
};

}  // namespace

model::InterpreterParameters interpreter_parameters(const InstalledInterpreter& interpreter,
                                                    const NamedSamples& samples,
                                                    const model::MachineParameters& machine) {
  const Assembly from(interpreter, samples, machine);
  model::InterpreterParameters result;
  result.version = interpreter.version;
  result.implementation = interpreter.implementation;
  result.free_threaded = interpreter.free_threaded;
  result.rates = {from.estimate("rates.main"), from.estimate("rates.worker"),
                  from.estimate("rates.child")};
  if (from.has("native_released")) result.native_released = from.estimate("native_released");
  result.native_held = from.estimate("native_held");
  result.thread_start = from.cost("thread_start");
  result.submit = from.cost("submit");
  result.task = from.cost("task");
  if (from.has("stolen")) result.signal_stolen = from.estimate("stolen");
  result.waits = {from.wait("sleep"), from.wait("socket"), from.wait("pipe"), from.wait("file"),
                  from.wait("udp")};
  result.messages = from.messages();
  result.pools = {from.pool("fork"), from.pool("forkserver"), from.pool("spawn")};
  result.asyncio = from.asyncio();
  result.interpreters = from.interpreters();
  if (from.has("shared.rate")) {
    result.shared = {from.estimate("shared.rate"), from.estimate("shared.contended"),
                     from.estimate("shared.favoured")};
  }
  return result;
}

}  // namespace gilsim::host
