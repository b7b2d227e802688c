#include "scenario/family.hpp"

#include <algorithm>

#include "scenario/read_tree.hpp"

namespace gilsim::scenario {
namespace {

constexpr std::size_t kMostMembers = 10'000'000;

void remove_key(Node& root, const std::string& key) {
  root.entries.erase(std::remove_if(root.entries.begin(), root.entries.end(),
                                    [&](const Entry& entry) { return entry.key == key; }),
                     root.entries.end());
}

// Whether one of the paths is, or leads to, what the other one names.
bool overlap(const KeyPath& a, const KeyPath& b) {
  const std::size_t common = std::min(a.segments.size(), b.segments.size());
  return std::equal(a.segments.begin(), a.segments.begin() + static_cast<std::ptrdiff_t>(common),
                    b.segments.begin(), [](const KeySegment& x, const KeySegment& y) {
                      return x.key == y.key && x.index == y.index;
                    });
}

}  // namespace

ScenarioFamily ScenarioFamily::read(const std::string& path,
                                    const std::vector<std::string>& overrides,
                                    const std::vector<std::string>& variations,
                                    Combination combination) {
  return read_text(scenario::read_text(path, kScenarioHint), path, overrides, variations,
                   combination);
}

ScenarioFamily ScenarioFamily::read_text(const std::string& text, const std::string& name,
                                         const std::vector<std::string>& overrides,
                                         const std::vector<std::string>& variations,
                                         Combination combination) {
  ScenarioFamily family;
  Problems problems;
  family.combination_ = combination;
  family.root_ = read_tree(text, name, overrides, family.sources_, problems);
  remove_key(family.root_, "expect");
  int order = static_cast<int>(overrides.size());
  for (const std::string& variation : variations) {
    const Source& source = family.sources_.emplace_back(make_source("--vary", variation, ++order));
    auto key = read_varied_key(variation, source, problems);
    if (key) family.keys_.push_back(std::move(*key));
  }
  family.check_keys(problems);
  problems.throw_if_any();
  family.check_sizes(problems);
  problems.throw_if_any();
  return family;
}

void ScenarioFamily::check_keys(Problems& problems) {
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const KeySegment& first = keys_[i].path.segments.front();
    if (first.key == "expect") {
      problems.add(first.mark, "'expect' has no meaning in a sweep", "vary another key");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (!overlap(keys_[i].path, keys_[j].path)) continue;
      problems.add(first.mark,
                   "'" + keys_[i].path.text + "' is varied beside '" + keys_[j].path.text +
                       "', which is the same or a part of it",
                   "vary one of them");
    }
  }
}

void ScenarioFamily::check_sizes(Problems& problems) {
  size_ = 1;
  if (combination_ == Combination::kZip) {
    if (!keys_.empty()) size_ = keys_.front().values.size();
    for (const VariedKey& key : keys_) {
      if (key.values.size() == size_) continue;
      problems.add(key.mark,
                   "zipped keys need equally many values: '" + key.path.text + "' has " +
                       std::to_string(key.values.size()) + ", '" + keys_.front().path.text +
                       "' has " + std::to_string(size_),
                   "give both as many values, or leave out --zip for all combinations");
    }
    return;
  }
  for (const VariedKey& key : keys_) {
    std::vector<std::string> sorted = key.texts;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end()) {
      problems.add(key.mark, "'" + key.path.text + "' has the value '" + *twice + "' twice",
                   "keep one of them");
    }
    if (size_ > kMostMembers / key.values.size()) {
      problems.add(key.mark,
                   "the sweep has more than " + std::to_string(kMostMembers) + " combinations",
                   "give the keys fewer values");
      return;
    }
    size_ *= key.values.size();
  }
}

std::vector<std::size_t> ScenarioFamily::choices(std::size_t member) const {
  std::vector<std::size_t> choices(keys_.size(), member);
  if (combination_ == Combination::kZip) return choices;
  for (std::size_t i = keys_.size(); i-- > 0;) {
    choices[i] = member % keys_[i].values.size();
    member /= keys_[i].values.size();
  }
  return choices;
}

Scenario ScenarioFamily::member(std::size_t index) const {
  Problems problems;
  Node root = root_;
  const std::vector<std::size_t> chosen = choices(index);
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    put_at(keys_[i].path, keys_[i].values[chosen[i]], root, problems);
  }
  return scenario_of(root, problems);
}

}  // namespace gilsim::scenario
