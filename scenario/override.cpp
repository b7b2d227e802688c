#include "scenario/override.hpp"

#include <charconv>
#include <optional>

#include "scenario/parse_yaml.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::scenario {
namespace {

// One part of a path: a key, or an index into a list.
struct Segment {
  std::string key;
  std::optional<std::size_t> index;
  Mark mark;
  std::size_t end = 0;  // of its text
};

constexpr const char* kPathHint =
    "write KEY=VALUE, like machine.cores=2 or workload.task[0]={wait: 5ms}";

class PathParser {
 public:
  PathParser(const std::string& text, const Source& source, Problems& problems)
      : text_(text), source_(source), problems_(problems) {}

  // The path up to the '='; nothing, with a complaint, if it is none.
  std::optional<std::vector<Segment>> parse() {
    std::vector<Segment> path;
    do {
      if (!(path.empty() ? take_key(path) : take_next(path))) return std::nullopt;
    } while (position_ < text_.size() && text_[position_] != '=');
    if (position_ == text_.size()) return fail("no '=' in the override");
    return path;
  }

  std::size_t position() const { return position_; }

 private:
  std::nullopt_t fail(const std::string& message) {
    problems_.add(here(), message, kPathHint);
    return std::nullopt;
  }

  Mark here() const { return {&source_, 0, static_cast<int>(position_)}; }

  bool take_next(std::vector<Segment>& path) {
    if (text_[position_] == '[') return take_index(path);
    if (text_[position_] != '.') {
      fail("'.', '[' or '=' expected in the override");
      return false;
    }
    ++position_;
    return take_key(path);
  }

  bool take_key(std::vector<Segment>& path) {
    Segment segment{"", std::nullopt, here()};
    const char quote = position_ < text_.size() ? text_[position_] : '\0';
    if (quote == '"' || quote == '\'') {
      const std::size_t end = text_.find(quote, position_ + 1);
      if (end == std::string::npos) {
        fail("a quote that does not end");
        return false;
      }
      segment.key = text_.substr(position_ + 1, end - position_ - 1);
      position_ = end + 1;
    } else {
      const std::size_t end = std::min(text_.find_first_of(".[]=\"'", position_), text_.size());
      segment.key = text_.substr(position_, end - position_);
      position_ = end;
    }
    if (segment.key.empty()) {
      fail("a key is missing in the override");
      return false;
    }
    segment.end = position_;
    path.push_back(std::move(segment));
    return true;
  }

  bool take_index(std::vector<Segment>& path) {
    Segment segment{"", std::size_t{0}, here()};
    const char* end = text_.data() + text_.size();
    const auto status = std::from_chars(text_.data() + position_ + 1, end, *segment.index);
    if (status.ec != std::errc() || status.ptr == end || *status.ptr != ']') {
      fail("an index is a number in brackets");
      return false;
    }
    position_ = static_cast<std::size_t>(status.ptr - text_.data()) + 1;
    segment.end = position_;
    path.push_back(segment);
    return true;
  }

  const std::string& text_;
  const Source& source_;
  Problems& problems_;
  std::size_t position_ = 0;
};

// The node that a segment of a path names under `node`; added where it is a missing key.
Node* descend(Node& node, const Segment& segment, const std::string& parent, Problems& problems) {
  if (segment.index) {
    if (node.is_list() && *segment.index < node.items.size()) return &node.items[*segment.index];
    problems.add(segment.mark,
                 node.is_list() ? "'" + parent + "' has " + std::to_string(node.items.size()) +
                                      " items, counted from 0"
                                : "'" + parent + "' is not a list",
                 "set it as a whole: " + parent + "=[...]");
    return nullptr;
  }
  if (node.kind == Node::Kind::kNull || node.kind == Node::Kind::kBroken) {
    const Mark mark = segment.mark;
    node = Node::mapping();
    node.mark = node.owner = mark;
  }
  if (!node.is_mapping()) {
    problems.add(segment.mark, "'" + parent + "' has no keys",
                 node.is_list() ? "name an item by its index: " + parent + "[0]"
                                : "set it as a whole: " + parent + "={" + segment.key + ": ...}");
    return nullptr;
  }
  if (Node* found = node.find(segment.key)) return found;
  Node unset;
  unset.kind = Node::Kind::kBroken;
  unset.mark = unset.owner = segment.mark;
  node.entries.push_back({segment.key, segment.mark, std::move(unset), true});
  return &node.entries.back().value;
}

void apply_override(const std::string& text, const Source& source, Node& root, Problems& problems) {
  PathParser parser(text, source, problems);
  const auto path = parser.parse();
  if (!path) return;
  const std::size_t begin = parser.position() + 1;
  const Mark origin{&source, 0, static_cast<int>(begin)};
  auto value = parse_yaml(text.substr(begin), source, origin, problems);
  if (!value) return;
  Node* node = &root;
  std::size_t parent_end = 0;
  for (const Segment& segment : *path) {
    node = descend(*node, segment, text.substr(0, parent_end), problems);
    if (node == nullptr) return;
    parent_end = segment.end;
  }
  *node = std::move(*value);
}

}  // namespace

void apply_overrides(const std::vector<std::string>& overrides, Node& root,
                     std::deque<Source>& sources, Problems& problems) {
  int order = 0;
  for (const std::string& text : overrides) {
    const Source& source = sources.emplace_back(make_source("--set", text, ++order));
    if (text.find('\n') != std::string::npos) {
      problems.add({&source, 0, 0}, "an override is one line", kPathHint);
    } else {
      apply_override(text, source, root, problems);
    }
  }
}

}  // namespace gilsim::scenario
