// What an earlier, interrupted run of the same sweep has left in its NDJSON.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/sweep_record.hpp"

namespace gilsim::app {

struct KeptRecords {
  std::size_t points = 0;
  std::uint64_t bytes = 0;  // of the header and the points' lines; 0: nothing is there
};

// Calls `point` with each whole record, in order; a last line without its end is left out. A file
// without a whole line holds nothing. Throws UsageError where it is no sweep, or another one: the
// message says what differs.
KeptRecords read_kept(const std::string& path, const SweepPlan& plan,
                      const std::function<void(const Json&)>& point);

}  // namespace gilsim::app
