#include "scenario/read_tree.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "scenario/override.hpp"
#include "scenario/parse_yaml.hpp"

namespace gilsim::scenario {
namespace {

constexpr std::streamsize kLargestFile = 4 << 20;

[[noreturn]] void fail_to_read(const std::string& path, const std::string& reason,
                               const std::string& hint) {
  throw ScenarioError({diagnostic_at({path, 0, 0, ""}, "can't read the file: " + reason, hint)});
}

std::string without_byte_order_mark(const std::string& text) {
  return text.rfind("\xef\xbb\xbf", 0) == 0 ? text.substr(3) : text;
}

}  // namespace

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

}  // namespace gilsim::scenario
