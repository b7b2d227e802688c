// ns-3 with the fastest of its schedulers on these workloads; the default, a map, takes up to twice
// as long.
#include <ns3/object-factory.h>
#include <ns3/simulator.h>

#include "bench/peers/workloads.hpp"
#include "bench/program.hpp"

namespace gilsim::bench {
namespace {

template <Workload kWorkload>
Measured with_scheduler(const Task& task) {
  ns3::Simulator::SetScheduler(ns3::ObjectFactory("ns3::PriorityQueueScheduler"));
  return kWorkload(task);
}

}  // namespace
}  // namespace gilsim::bench

int main(int argc, char** argv) {
  using namespace gilsim::bench;
  return run_program("gilsim_bench_ns3",
                     {{"hold", with_scheduler<hold>},
                      {"queue", with_scheduler<queue>},
                      {"lock", with_scheduler<lock>},
                      {"lock-timer", with_scheduler<lock_timer>}},
                     argc, argv);
}
