// Independent pieces of work by index on several threads. Results go into slots by index, so that
// the number of threads cannot change a result.
#pragma once

#include <cstddef>
#include <functional>

#include "host/subprocess.hpp"

namespace gilsim::app {

// Calls work(0) ... work(count - 1), each once, on `jobs` threads; pieces not yet begun are left
// out when `stop` is set. `finished(done)` is called from the calling thread about ten times a
// second. Rethrows the exception of the lowest index.
void parallel_for(std::size_t count, int jobs, const host::StopFlag& stop,
                  const std::function<void(std::size_t)>& work,
                  const std::function<void(std::size_t)>& finished = {});

}  // namespace gilsim::app
