#include "host/undisturbed.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "host/pinned_thread.hpp"

namespace gilsim::host {
namespace {

using sim::Duration;

// /proc/stat, first line: user nice system idle iowait irq softirq steal, in clock ticks.
// Interrupts are left out: those of our own traffic would count as others'.
Duration machine_time() {
  std::ifstream file("/proc/stat");
  std::string name;
  std::int64_t user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0,
               steal = 0;
  file >> name >> user >> nice >> system >> idle >> iowait >> irq >> softirq >> steal;
  if (!file || name != "cpu") return Duration();
  return Duration::seconds(user + nice + system + steal) / sysconf(_SC_CLK_TCK);
}

Duration cpu_time(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto of = [](const timeval& time) {
    return Duration::seconds(time.tv_sec) + Duration::microseconds(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

}  // namespace

LoadSnapshot LoadSnapshot::now() {
  return {monotonic_now(), machine_time(), cpu_time(RUSAGE_SELF) + cpu_time(RUSAGE_CHILDREN)};
}

Duration used_by_others(const LoadSnapshot& before, const LoadSnapshot& after) {
  return std::max(Duration(), (after.machine - before.machine) - (after.own - before.own));
}

bool is_disturbed(const LoadSnapshot& before, const LoadSnapshot& after) {
  const Duration grain = Duration::seconds(3) / sysconf(_SC_CLK_TCK);
  return used_by_others(before, after) > grain + (after.at - before.at) / 10;
}

}  // namespace gilsim::host
