#include "bench/program.hpp"
#include "bench/workloads.hpp"

int main(int argc, char** argv) {
  using namespace gilsim::bench;
  const std::vector<Named> workloads = {
      {"hold", hold},
      {"event-set", event_set},
      {"queue", queue},
      {"lock", lock},
      {"lock-timer", lock_timer},
      {"machine", machine},
      {"machine-lawless", machine_lawless},
      {"machine-io", machine_io},
      {"scale", scale},
      {"scale-lock", scale_lock},
  };
  return run_program("gilsim_bench", workloads, argc, argv);
}
