#include "app/profile_summary.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "app/format.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

constexpr double kMostDrift = 0.10;

class FigureTable {
 public:
  FigureTable() {
    table_.add_column("what", TextTable::Align::kLeft);
    table_.add_column("median");
    table_.add_column("5 % to 95 %", TextTable::Align::kLeft);
    table_.add_column("samples");
  }

  void add(const std::string& what, const model::Cost& cost) {
    add(what, human(cost.median), human(cost.low), human(cost.high), cost.samples);
  }
  void add_rate(const std::string& what, const model::Estimate& rate) {
    add(what, human_rate(rate.median), human_rate(rate.low), human_rate(rate.high), rate.samples);
  }
  void add_ratio(const std::string& what, const model::Estimate& ratio) {
    add(what, human_ratio(ratio.median), human_ratio(ratio.low), human_ratio(ratio.high),
        ratio.samples);
  }
  std::string text() const { return table_.text(); }

 private:
  static std::string human(sim::Duration duration) {
    return human_time(static_cast<double>(duration.count()));
  }
  void add(const std::string& what, const std::string& median, const std::string& low,
           const std::string& high, int samples) {
    table_.add_row({what, median, "[" + low + ", " + high + "]",
                    samples > 0 ? std::to_string(samples) : "stated"});
  }

  TextTable table_;
};

void add_curve(FigureTable& table, const std::string& by, const model::WakeCurve& curve) {
  for (const model::WakeLatency& point : curve) {
    table.add("wake-up by " + by + ", core idle for " +
                  human_time(static_cast<double>(point.idle.count())),
              point.latency);
  }
}

std::string machine_text(const model::MachineParameters& machine) {
  FigureTable table;
  add_curve(table, "a futex", machine.futex_wake);
  add_curve(table, "a timer", machine.timer_wake);
  table.add("cost to the waker", machine.waker_cost);
  table.add("context switch on one core", machine.context_switch);
  table.add_ratio("speed of a core when all are busy", machine.parallel_speed);
  return table.text();
}

std::string interpreter_text(const model::InterpreterParameters& interpreter) {
  FigureTable table;
  table.add_rate("countdown loops, main thread", interpreter.rates.main);
  table.add_rate("countdown loops, worker thread", interpreter.rates.worker);
  table.add_rate("countdown loops, child process", interpreter.rates.child);
  table.add("Thread.start()", interpreter.thread_start);
  table.add("one task of a thread pool", interpreter.task);
  table.add_ratio("stolen lock signals", interpreter.signal_stolen);
  const std::pair<const char*, const std::optional<model::PoolParameters>*> pools[] = {
      {"fork", &interpreter.pools.fork},
      {"forkserver", &interpreter.pools.forkserver},
      {"spawn", &interpreter.pools.spawn}};
  for (const auto& [name, pool] : pools) {
    if (*pool) table.add("process worker ready, " + std::string(name), (*pool)->worker_ready);
  }
  return table.text();
}

}  // namespace

std::string profile_summary(const model::HostProfile& profile) {
  std::string text = printable(profile.host.processor) + ", " +
                     plural(profile.machine.cores, "core") + ", Linux " +
                     printable(profile.host.kernel) + ", " + printable(profile.host.libc) + "\n\n" +
                     machine_text(profile.machine);
  for (const model::InterpreterParameters& interpreter : profile.interpreters) {
    text += "\n" + interpreter.implementation + " " + interpreter.version +
            (interpreter.free_threaded ? " free-threaded" : "") + "\n\n" +
            interpreter_text(interpreter);
  }
  return text;
}

std::string disturbances(const host::Calibration& calibration) {
  std::vector<std::string> found;
  if (calibration.left_disturbed * 10 > calibration.measurements) {
    found.push_back("other programs or virtual machines disturbed " +
                    std::to_string(calibration.left_disturbed) + " of " +
                    std::to_string(calibration.measurements) + " measurements, also when repeated");
  }
  if (calibration.left_slow > 0) {
    found.push_back(plural(calibration.left_slow, "rate") +
                    " stayed far below the others of their kind, also when measured again");
  }
  if (std::abs(calibration.drift) > kMostDrift) {
    found.push_back("the speed changed by " + signed_percent(calibration.drift) +
                    " from the first half to the second");
  }
  std::string text;
  for (const std::string& one : found) text += (text.empty() ? "" : "; ") + one;
  return text;
}

std::string repetitions(const host::Calibration& calibration) {
  if (calibration.repeated_slow == 0) return "";
  return plural(calibration.repeated_slow, "rate") +
         " far below the others of their kind were measured again\n";
}

}  // namespace gilsim::app
