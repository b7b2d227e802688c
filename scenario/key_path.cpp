#include "scenario/key_path.hpp"

#include <algorithm>
#include <charconv>

namespace gilsim::scenario {
namespace {

class PathParser {
 public:
  PathParser(const std::string& text, const Source& source, const PathWords& words,
             Problems& problems)
      : text_(text), source_(source), words_(words), problems_(problems) {}

  std::optional<KeyPath> parse() {
    std::vector<KeySegment> path;
    do {
      if (!(path.empty() ? take_key(path) : take_next(path))) return std::nullopt;
    } while (position_ < text_.size() && text_[position_] != '=');
    if (position_ == text_.size()) return fail(std::string("no '=' in the ") + words_.what);
    return KeyPath{std::move(path), text_.substr(0, position_)};
  }

 private:
  std::nullopt_t fail(const std::string& message) {
    problems_.add(here(), message, words_.hint);
    return std::nullopt;
  }

  Mark here() const { return {&source_, 0, static_cast<int>(position_)}; }

  bool take_next(std::vector<KeySegment>& path) {
    if (text_[position_] == '[') return take_index(path);
    if (text_[position_] != '.') {
      fail(std::string("'.', '[' or '=' expected in the ") + words_.what);
      return false;
    }
    ++position_;
    return take_key(path);
  }

  bool take_key(std::vector<KeySegment>& path) {
    KeySegment segment{"", std::nullopt, here()};
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
      fail(std::string("a key is missing in the ") + words_.what);
      return false;
    }
    segment.end = position_;
    path.push_back(std::move(segment));
    return true;
  }

  bool take_index(std::vector<KeySegment>& path) {
    KeySegment segment{"", std::size_t{0}, here()};
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
  const PathWords& words_;
  Problems& problems_;
  std::size_t position_ = 0;
};

// The node that a segment of a path names under `node`; added where it is a missing key.
Node* descend(Node& node, const KeySegment& segment, const std::string& parent,
              Problems& problems) {
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

}  // namespace

std::optional<KeyPath> parse_key_path(const std::string& text, const Source& source,
                                      const PathWords& words, Problems& problems) {
  return PathParser(text, source, words, problems).parse();
}

void put_at(const KeyPath& path, Node value, Node& root, Problems& problems) {
  Node* node = &root;
  std::size_t parent_end = 0;
  for (const KeySegment& segment : path.segments) {
    node = descend(*node, segment, path.text.substr(0, parent_end), problems);
    if (node == nullptr) return;
    parent_end = segment.end;
  }
  *node = std::move(value);
}

}  // namespace gilsim::scenario
