#include "scenario/read.hpp"

#include <cerrno>
#include <cstring>
#include <deque>
#include <fstream>
#include <sstream>
#include <system_error>

#include "scenario/check.hpp"
#include "scenario/override.hpp"
#include "scenario/parse_yaml.hpp"
#include "scenario/read_value.hpp"

namespace gilsim::scenario {
namespace {

constexpr std::streamsize kLargestFile = 4 << 20;

[[noreturn]] void fail_to_read(const std::string& path, const std::string& reason,
                               const std::string& hint) {
  throw ScenarioError({diagnostic_at({path, 0, 0, ""}, "can't read the file: " + reason, hint)});
}

std::string read_text(const std::string& path, const std::string& hint) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) fail_to_read(path, std::generic_category().message(errno), hint);
  std::string text(static_cast<std::size_t>(kLargestFile) + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) {
    fail_to_read(path, std::generic_category().message(errno == 0 ? EIO : errno), hint);
  }
  if (file.gcount() > kLargestFile) fail_to_read(path, "it is larger than 4 MiB", "");
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string without_byte_order_mark(const std::string& text) {
  return text.rfind("\xef\xbb\xbf", 0) == 0 ? text.substr(3) : text;
}

// The document's tree with the overrides applied. Throws if it is no mapping to read from.
Node read_tree(const std::string& raw_text, const std::string& name,
               const std::vector<std::string>& overrides, std::deque<Source>& sources,
               Problems& problems) {
  const std::string text = without_byte_order_mark(raw_text);
  const Source& source = sources.emplace_back(make_source(name, text, 0));
  std::optional<Node> root = parse_yaml(text, source, {&source, 0, 0}, problems);
  if (root && !root->is_mapping() && root->kind != Node::Kind::kBroken) {
    problems.add(root->mark, "a file is a mapping of keys to values", "begin with: key: value");
  }
  if (!root || !root->is_mapping()) problems.throw_if_any();
  apply_overrides(overrides, *root, sources, problems);
  return std::move(*root);
}

Place place_of_entry(const Node& mapping, const char* key) {
  const Entry* entry = mapping.find_entry(key);
  return entry == nullptr ? Place{} : place_of(entry->value.mark);
}

Places places_of(const Node& root) {
  Places places;
  places.start_method = place_of_entry(root, "start_method");
  if (places.start_method.file.empty()) places.start_method = place_of_entry(root, "strategies");
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

Scenario read_scenario_text(const std::string& text, const std::string& name,
                            const std::vector<std::string>& overrides) {
  std::deque<Source> sources;
  Problems problems;
  const Node root = read_tree(text, name, overrides, sources, problems);
  Scenario scenario;
  read_fields(root, scenario, ReadContext{"", {}, problems});
  if (!has_unknown_key(root)) check_structure(root, problems);
  if (scenario.workload && scenario.workers.empty()) scenario.workers = {1};
  if (problems.count() == 0) check_scenario(root, scenario, problems);
  problems.throw_if_any();
  scenario.places = places_of(root);
  return scenario;
}

Scenario read_scenario(const std::string& path, const std::vector<std::string>& overrides) {
  return read_scenario_text(read_text(path, "see the gallery in configs/"), path, overrides);
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
