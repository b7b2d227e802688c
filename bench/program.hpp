// The program around the workloads: the command line, the repetitions, the table and the JSON. The
// peers' programs are built on it too, with the workloads that they can express.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "bench/repetition.hpp"

namespace gilsim::bench {

struct Named {
  std::string_view name;  // as in the plan
  Workload run;
  std::int64_t largest = std::numeric_limits<std::int64_t>::max();  // size that it can take
};

// What main() returns: 0 done, 1 a repetition failed, 2 usage.
int run_program(std::string_view program, const std::vector<Named>& workloads, int argc,
                char** argv);

}  // namespace gilsim::bench
