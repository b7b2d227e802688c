#include "scenario/read.hpp"

#include <deque>

#include "scenario/check.hpp"
#include "scenario/programs.hpp"
#include "scenario/read_tree.hpp"
#include "scenario/read_value.hpp"

namespace gilsim::scenario {
namespace {

Place place_of_entry(const Node& mapping, const char* key) {
  const Entry* entry = mapping.find_entry(key);
  return entry == nullptr ? Place{} : place_of(entry->value.mark);
}

// Where the first step says so that has `key` in its mapping.
struct Wanted {
  bool (*has)(const model::Step&);
  const char* kind;
  const char* key;
};
constexpr Wanted kMemory{model::moves_memory, "native", "memory"};
constexpr Wanted kShares{model::shares_an_object, "python", "shares"};
constexpr Wanted kDevice{model::uses_a_device, "wait", "device"};

Place place_in(const Node& list, const std::vector<model::Step>& steps, const Wanted& wanted) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!wanted.has(steps[i])) continue;
    return place_of(list.items[i].find(wanted.kind)->find_entry(wanted.key)->mark);
  }
  return {};
}

Place place_in(const Node& root, const Scenario& scenario, const Wanted& wanted) {
  for (const Program& program : programs_of(root, scenario)) {
    const Place place = place_in(*program.list, *program.steps, wanted);
    if (!place.file.empty()) return place;
  }
  return {};
}

Place place_of_coroutines(const Node& root, const Scenario& scenario) {
  for (const auto& [name, thread] : scenario.threads) {
    if (!thread.coroutines) continue;
    return place_of(root.find("threads")->find(name)->find_entry("coroutines")->mark);
  }
  return {};
}

Places places_of(const Node& root, const Scenario& scenario) {
  Places places;
  places.memory = place_in(root, scenario, kMemory);
  places.shares = place_in(root, scenario, kShares);
  places.device = place_in(root, scenario, kDevice);
  places.coroutines = place_of_coroutines(root, scenario);
  places.start_method = place_of_entry(root, "start_method");
  if (places.start_method.file.empty()) places.start_method = place_of_entry(root, "strategies");
  places.all_strategies = place_of_entry(root, "strategies");
  places.workers = place_of_entry(root, "workers");
  if (const Node* pool = root.find("pool")) {
    places.pattern = place_of_entry(*pool, "pattern");
    places.max_tasks = place_of_entry(*pool, "max_tasks_per_child");
  }
  if (const Node* workload = root.find("workload")) {
    places.payload = place_of_entry(*workload, "argument");
    if (places.payload.file.empty()) places.payload = place_of_entry(*workload, "result");
    places.heap = place_of_entry(*workload, "heap");
  }
  if (const Node* strategies = root.find("strategies")) {
    for (const Node& item : strategies->items) places.strategies.push_back(place_of(item.mark));
  }
  const Node* interpreter = root.find("interpreter");
  const Node* version = interpreter == nullptr ? nullptr : interpreter->find("version");
  if (version == nullptr) return places;
  if (!version->is_list()) places.versions.push_back(place_of(version->mark));
  for (const Node& item : version->items) places.versions.push_back(place_of(item.mark));
  return places;
}

bool has_unknown_key(const Node& root) {
  Scenario any;
  std::deque<Source> none;
  Problems unused;
  const ReadContext context{"", {}, unused};
  const Node empty = Node::mapping();
  FieldReader reader(empty, context);
  describe(reader, any);
  const std::vector<std::string>& known = reader.known();
  return std::any_of(root.entries.begin(), root.entries.end(), [&](const Entry& entry) {
    return std::find(known.begin(), known.end(), entry.key) == known.end();
  });
}

}  // namespace

Scenario scenario_of(const Node& root, Problems& problems) {
  Scenario scenario;
  read_fields(root, scenario, ReadContext{"", {}, problems});
  if (!has_unknown_key(root)) check_structure(root, problems);
  if (scenario.is_batch() && scenario.workers.empty()) scenario.workers = {1};
  if (problems.count() == 0) check_scenario(root, scenario, problems);
  problems.throw_if_any();
  scenario.places = places_of(root, scenario);
  return scenario;
}

Scenario read_scenario_text(const std::string& text, const std::string& name,
                            const std::vector<std::string>& overrides) {
  std::deque<Source> sources;
  Problems problems;
  const Node root = read_tree(text, name, overrides, sources, problems);
  return scenario_of(root, problems);
}

Scenario read_scenario(const std::string& path, const std::vector<std::string>& overrides) {
  return read_scenario_text(read_text(path, kScenarioHint), path, overrides);
}

model::HostProfile read_host_profile_text(const std::string& text, const std::string& name) {
  std::deque<Source> sources;
  Problems problems;
  const Node root = read_tree(text, name, {}, sources, problems);
  model::HostProfile profile;
  read_fields(root, profile, ReadContext{"", {}, problems});
  if (problems.count() == 0) check_host_profile(root, profile, problems);
  problems.throw_if_any();
  return profile;
}

model::HostProfile read_host_profile(const std::string& path) {
  return read_host_profile_text(read_text(path, "write one with: gilsim calibrate"), path);
}

}  // namespace gilsim::scenario
