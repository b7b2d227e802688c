#include "scenario/override.hpp"

#include "scenario/key_path.hpp"
#include "scenario/parse_yaml.hpp"

namespace gilsim::scenario {
namespace {

constexpr PathWords kWords{"override",
                           "write KEY=VALUE, like machine.cores=2 or workload.task[0]={wait: 5ms}"};

void apply_override(const std::string& text, const Source& source, Node& root, Problems& problems) {
  const std::optional<KeyPath> path = parse_key_path(text, source, kWords, problems);
  if (!path) return;
  const std::size_t begin = path->text.size() + 1;
  const Mark origin{&source, 0, static_cast<int>(begin)};
  auto value = parse_yaml(text.substr(begin), source, origin, problems);
  if (!value) return;
  value->is_whole_override = true;
  put_at(*path, std::move(*value), root, problems);
}

}  // namespace

void apply_overrides(const std::vector<std::string>& overrides, Node& root,
                     std::deque<Source>& sources, Problems& problems) {
  int order = 0;
  for (const std::string& text : overrides) {
    const Source& source = sources.emplace_back(make_source("--set", text, ++order));
    if (text.find('\n') != std::string::npos) {
      problems.add({&source, 0, 0}, "an override is one line", kWords.hint);
    } else {
      apply_override(text, source, root, problems);
    }
  }
}

}  // namespace gilsim::scenario
