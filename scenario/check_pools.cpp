#include "scenario/check_pools.hpp"

#include <algorithm>

#include "models/program/interpreter_version.hpp"
#include "scenario/byte_count.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::scenario {
namespace {

using model::StartMethod;
using model::StrategyKind;

constexpr int kMostProcesses = 32'000;

std::string written(const model::InterpreterParameters& interpreter) {
  return model::written_version(interpreter.version, interpreter.free_threaded);
}

class PoolCheck {
 public:
  PoolCheck(const Scenario& scenario, const model::HostProfile& profile, const Complain& complain)
      : scenario_(scenario),
        profile_(profile),
        complain_(complain),
        batch_(scenario.workload.value_or(BatchEntry{})) {}

  void check(const std::vector<const model::InterpreterParameters*>& interpreters) const {
    if (!scenario_.is_batch()) return;
    check_patterns();
    check_others();
    check_workers();
    check_memory();
    if (uses_processes() || uses(StrategyKind::kDummyPool)) {
      for (const model::InterpreterParameters* interpreter : interpreters) {
        if (interpreter != nullptr) check_interpreter(*interpreter);
      }
    }
  }

 private:
  bool uses(StrategyKind kind) const {
    const auto& all = scenario_.strategies;
    return std::find(all.begin(), all.end(), kind) != all.end();
  }
  bool uses_processes() const {
    return uses(StrategyKind::kProcesses) || uses(StrategyKind::kProcessExecutor) ||
           uses(StrategyKind::kHybrid);
  }

  void check_patterns() const {
    const model::PoolPattern pattern = scenario_.pool.pattern;
    if (scenario_.pool.max_tasks_per_child && !uses_processes()) {
      complain_(scenario_.places.max_tasks,
                "'max_tasks_per_child' has no meaning without a pool of processes",
                "add the strategy processes or process_executor, or remove it");
    }
    if (pattern == model::PoolPattern::kMap) return;
    const std::string quoted = "'" + std::string(model::name_of(pattern)) + "'";
    for (const StrategyKind kind : scenario_.strategies) {
      if (!model::is_thread_strategy(kind) && kind != StrategyKind::kHybrid) continue;
      complain_(scenario_.places.pattern,
                "the strategy '" + std::string(model::name_of(kind)) +
                    "' is modelled with pattern 'map' only, not " + quoted,
                "leave it out of the strategies");
    }
    const bool is_imap =
        pattern == model::PoolPattern::kImap || pattern == model::PoolPattern::kImapUnordered;
    if (is_imap && uses(StrategyKind::kProcessExecutor)) {
      complain_(scenario_.places.pattern, "a ProcessPoolExecutor has no " + quoted,
                "its map yields results one by one already: pattern: map");
    }
  }

  // Strategies that know nothing of payloads, nor of what is done with a result.
  void check_others() const {
    const BatchEntry& batch = batch_;
    if (batch.handle.empty() && !batch.argument && !batch.result) return;
    for (const StrategyKind kind : {StrategyKind::kAsyncio, StrategyKind::kInterpreters}) {
      if (!uses(kind)) continue;
      complain_(scenario_.places.all_strategies,
                "the strategy '" + std::string(model::name_of(kind)) +
                    "' is modelled without 'handle', 'argument' and 'result'",
                "leave it out of the strategies, or remove these");
    }
  }

  void check_workers() const {
    if (!uses_processes() || scenario_.workers.empty()) return;
    const int most = *std::max_element(scenario_.workers.begin(), scenario_.workers.end());
    if (most <= kMostProcesses) return;
    complain_(
        scenario_.places.workers, "a pool of " + std::to_string(most) + " processes",
        "a system has 32768 process numbers by default; at most " + std::to_string(kMostProcesses));
  }

  void check_memory() const {
    const double ram = profile_.machine.ram;
    if (ram <= 0) return;
    const BatchEntry& batch = batch_;
    const auto bytes = [](const std::optional<model::ByteCount>& count) {
      return count ? static_cast<double>(count->value) : 0.0;
    };
    const bool shared = batch.via == model::PayloadVia::kSharedMemory;
    const double arguments = bytes(batch.argument) * (shared ? batch.tasks : 1);
    const double results = bytes(batch.result) * batch.tasks;
    const double gib = 1024.0 * 1024 * 1024;
    const double needed = (bytes(batch.heap) + arguments + results) / gib;
    if (needed <= ram) return;
    const Place& place =
        bytes(batch.heap) > arguments + results ? scenario_.places.heap : scenario_.places.payload;
    complain_(
        place,
        "the tasks need " + rounded(needed) + " GiB of memory, the machine has " + rounded(ram),
        "fewer tasks, or smaller ones: heap, argument (for each task with shared_memory) and "
        "the results of all tasks count");
  }

  static std::string rounded(double gib) {
    const std::string text = std::to_string(gib);
    return text.substr(0, text.find('.') + 2);
  }

  void check_interpreter(const model::InterpreterParameters& interpreter) const {
    if (uses(StrategyKind::kDummyPool) && (!interpreter.messages || !interpreter.messages->dummy)) {
      lacks(interpreter, "a multiprocessing.dummy.Pool", "dummy_pool");
    }
    if (!uses_processes()) return;
    const StartMethod method = start_method_of(scenario_, profile_, interpreter);
    check_start_method(interpreter, method);
    if (uses(StrategyKind::kProcessExecutor) &&
        (!interpreter.messages || !interpreter.messages->executor)) {
      lacks(interpreter, "a ProcessPoolExecutor", "process_executor");
    }
    check_details(interpreter, method);
    if (scenario_.pool.max_tasks_per_child) check_replacing(interpreter, method);
  }

  void lacks(const model::InterpreterParameters& interpreter, const std::string& what,
             const std::string& strategy) const {
    complain_(
        scenario_.places.all_strategies,
        "the host profile has no costs of " + what + " for interpreter " + written(interpreter),
        "calibrate with that interpreter, or leave out the strategy '" + strategy + "'");
  }

  void check_start_method(const model::InterpreterParameters& interpreter,
                          StartMethod method) const {
    const model::PoolCosts& pools = interpreter.pools;
    std::vector<std::string> methods;
    if (pools.fork) methods.emplace_back("fork");
    if (pools.forkserver) methods.emplace_back("forkserver");
    if (pools.spawn) methods.emplace_back("spawn");
    const std::string wanted = model::name_of(method);
    if (std::find(methods.begin(), methods.end(), wanted) != methods.end()) return;
    complain_(scenario_.places.start_method,
              "interpreter " + written(interpreter) + " of the host profile has no start method '" +
                  wanted + "'",
              methods.empty() ? "it has none: leave out the strategy 'processes'"
                              : "it has " + join(methods) + "; set start_method to one of them");
  }

  // What the profile must know beside the start method itself.
  void check_details(const model::InterpreterParameters& interpreter, StartMethod method) const {
    const BatchEntry& batch = batch_;
    const model::PoolCosts& pools = interpreter.pools;
    const auto& start = method == StartMethod::kFork         ? pools.fork
                        : method == StartMethod::kForkserver ? pools.forkserver
                                                             : pools.spawn;
    if (batch.heap && start && !start->heap) {
      complain_(
          scenario_.places.heap,
          "the host profile does not know what a heap costs interpreter " + written(interpreter),
          "calibrate with that interpreter, or remove 'heap'");
    }
    const bool crosses = batch.argument || batch.result;
    const bool shared = batch.via == model::PayloadVia::kSharedMemory;
    const auto& messages = interpreter.messages;
    const bool knows =
        messages && !(shared ? messages->shared_memory.empty() : messages->payloads.empty());
    if (crosses && !knows) {
      complain_(scenario_.places.payload,
                "the host profile does not know what it costs interpreter " + written(interpreter) +
                    " to carry payloads",
                "calibrate with that interpreter, or remove 'argument' and 'result'");
    }
    const bool is_detailed = scenario_.pool.pattern != model::PoolPattern::kMap ||
                             scenario_.pool.max_tasks_per_child || !batch.handle.empty();
    if (is_detailed && !messages) {
      complain_(scenario_.places.all_strategies,
                "the host profile knows interpreter " + written(interpreter) +
                    "'s pools only as a whole: pattern: map without max_tasks_per_child and handle",
                "calibrate with that interpreter");
    }
  }

  void check_replacing(const model::InterpreterParameters& interpreter, StartMethod method) const {
    const bool newer = model::version_number(interpreter.version) >= model::VersionNumber{3, 11};
    if (uses(StrategyKind::kProcessExecutor) && !newer) {
      complain_(scenario_.places.max_tasks,
                "a ProcessPoolExecutor of " + written(interpreter) + " has no max_tasks_per_child",
                "3.11 and later have it; the strategy 'processes' has it in all versions");
    } else if (uses(StrategyKind::kProcessExecutor) && method == StartMethod::kFork) {
      complain_(scenario_.places.max_tasks,
                "a ProcessPoolExecutor refuses max_tasks_per_child under start method 'fork'",
                "set start_method to forkserver or spawn");
    }
    if (interpreter.messages && !interpreter.messages->pool.maintain &&
        (uses(StrategyKind::kProcesses) || uses(StrategyKind::kHybrid))) {
      complain_(scenario_.places.max_tasks,
                "replacing workers is not modelled for interpreter " + written(interpreter),
                "choose 3.8 or later");
    }
  }

  const Scenario& scenario_;
  const model::HostProfile& profile_;
  const Complain& complain_;
  const BatchEntry batch_;  // of a graph of tasks: without what it cannot have
};

}  // namespace

void check_pools(const Scenario& scenario, const model::HostProfile& profile,
                 const std::vector<const model::InterpreterParameters*>& interpreters,
                 const Complain& complain) {
  PoolCheck(scenario, profile, complain).check(interpreters);
}

StartMethod start_method_of(const Scenario& scenario, const model::HostProfile& profile,
                            const model::InterpreterParameters& interpreter) {
  if (scenario.start_method) return *scenario.start_method;
  return model::default_start_method(interpreter.version, profile.host.kernel);
}

}  // namespace gilsim::scenario
