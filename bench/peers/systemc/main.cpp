#include <systemc>

#include "bench/peers/workloads.hpp"
#include "bench/program.hpp"

int sc_main(int argc, char** argv) {
  using namespace gilsim::bench;
  sc_core::sc_report_handler::set_actions(sc_core::SC_INFO, sc_core::SC_DO_NOTHING);
  return run_program("gilsim_bench_systemc",
                     {{"hold", hold}, {"queue", queue}, {"lock", lock}, {"lock-timer", lock_timer}},
                     argc, argv);
}
