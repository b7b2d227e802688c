// The command line of the benchmark programs.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace gilsim::bench {

struct Options {
  bool help = false;
  bool quick = false;
  bool json = false;
  bool list = false;
  std::int64_t repetitions = 5;
  std::string workload;                // "": all
  std::optional<std::int64_t> size;    // absent: all
  std::optional<std::int64_t> amount;  // absent: the plan's
};

class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

Options parse_options(const std::vector<std::string>& arguments);

inline constexpr const char* kUsage =
    " [--quick] [--json] [--list] [--repetitions N]\n"
    "       [--workload NAME [--size N [--amount N]]]\n"
    "\n"
    "CPU time per operation of each workload of bench/plan.hpp, every repetition in a process of "
    "its\n"
    "own. --quick: small amounts, to see that everything works. --amount: operations, or\n"
    "milliseconds to simulate, in place of the plan's. --list: the plan as JSON; measures "
    "nothing.\n";

}  // namespace gilsim::bench
