// Who waits for whom when a run cannot go on: a deadlock is a cycle, and is reported by its names.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gilsim::model {

// What one thread waits for. It need not wait at all: then it goes on by itself, now or later.
struct WaitFor {
  std::string thread;
  std::string_view what;            // "for the lock, held by"; empty: it does not wait
  std::optional<std::size_t> whom;  // which thread; nothing: there is nobody
};

// "a waits for the lock, held by b, which waits to be woken by a"; empty when there is no cycle.
std::string name_cycle(const std::vector<WaitFor>& threads);

// The same for a wait that ends with nobody: "a waits for the lock, held by nobody".
std::string name_lost(const std::vector<WaitFor>& threads);

}  // namespace gilsim::model
