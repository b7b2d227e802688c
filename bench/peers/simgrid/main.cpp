#include "bench/peers/workloads.hpp"
#include "bench/program.hpp"

int main(int argc, char** argv) {
  using namespace gilsim::bench;
  constexpr std::int64_t kMostActors = 100'000;  // at 18 KB each
  return run_program(
      "gilsim_bench_simgrid",
      {{"hold", hold, kMostActors}, {"queue", queue}, {"lock", lock}, {"lock-timer", lock_timer}},
      argc, argv);
}
