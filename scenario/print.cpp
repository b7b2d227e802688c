#include <algorithm>
#include <array>

#include "scenario/emit_yaml.hpp"
#include "scenario/read.hpp"
#include "scenario/write_value.hpp"

namespace gilsim::scenario {
namespace {

constexpr std::array<const char*, 7> batch_keys{
    "workload", "stages", "strategies", "workers", "start_method", "threads_each", "pool"};
constexpr std::array<const char*, 3> thread_keys{"threads", "together", "duration"};

template <std::size_t size>
void remove_keys(const std::array<const char*, size>& keys, Node& root) {
  const auto is_unwanted = [&](const Entry& entry) {
    return std::any_of(keys.begin(), keys.end(), [&](const char* key) { return entry.key == key; });
  };
  root.entries.erase(std::remove_if(root.entries.begin(), root.entries.end(), is_unwanted),
                     root.entries.end());
}

}  // namespace

std::string print_config(const Scenario& scenario) {
  Node root = write_fields(scenario);
  if (scenario.workload) {
    remove_keys(thread_keys, root);
    remove_keys(std::array{"stages"}, root);
  } else if (!scenario.stages.empty()) {
    remove_keys(thread_keys, root);
    remove_keys(std::array{"workload", "pool", "threads_each"}, root);
  } else {
    remove_keys(batch_keys, root);
  }
  return emit_yaml(root);
}

std::string print_host_profile(const model::HostProfile& profile) {
  return emit_yaml(write_fields(profile));
}

}  // namespace gilsim::scenario
