#include "scenario/vary.hpp"

#include "scenario/parse_yaml.hpp"
#include "scenario/vary_range.hpp"

namespace gilsim::scenario {
namespace {

constexpr PathWords kWords{"variation",
                           "write KEY=A,B,C or KEY=LO..HI, as in workers=1..16 or "
                           "interpreter.switch_interval=10us..100ms:log:40"};

// A value among others, with the blanks around it cut off.
struct Item {
  std::string text;
  std::size_t begin = 0;  // its byte in the option
};

class ItemSplitter {
 public:
  ItemSplitter(const std::string& text, std::size_t begin) : text_(text), begin_(begin) {}

  std::vector<Item> split() {
    for (std::size_t i = begin_; i < text_.size(); ++i) {
      if (text_[i] == ',' && depth_ == 0 && quote_ == '\0') {
        cut(i);
      } else {
        follow(text_[i]);
      }
    }
    cut(text_.size());
    return std::move(items_);
  }

 private:
  void follow(char c) {
    if (quote_ != '\0') {
      if (c == quote_) quote_ = '\0';
    } else if (c == '"' || c == '\'') {
      quote_ = c;
    } else if (c == '[' || c == '{') {
      ++depth_;
    } else if (c == ']' || c == '}') {
      --depth_;
    }
  }

  void cut(std::size_t end) {
    std::size_t first = begin_, last = end;
    while (first < last && text_[first] == ' ') ++first;
    while (last > first && text_[last - 1] == ' ') --last;
    items_.push_back({text_.substr(first, last - first), first});
    begin_ = end + 1;
  }

  const std::string& text_;
  std::size_t begin_;
  int depth_ = 0;
  char quote_ = '\0';
  std::vector<Item> items_;
};

void add_value(std::string text, Node node, VariedKey& key) {
  node.is_whole_override = true;
  key.texts.push_back(std::move(text));
  key.values.push_back(std::move(node));
}

void add_range(const Item& item, const Mark& mark, VariedKey& key, Problems& problems) {
  std::vector<std::string> values;
  if (const TextError error = read_range(item.text, values)) {
    problems.add(mark, "the range '" + item.text + "' " + error.message, error.hint);
    return;
  }
  for (std::string& value : values) {
    Node node = Node::scalar(value);
    node.mark = node.owner = mark;
    add_value(std::move(value), std::move(node), key);
  }
}

void add_item(const Item& item, const Source& source, VariedKey& key, Problems& problems) {
  const Mark mark{&source, 0, static_cast<int>(item.begin)};
  if (item.text.empty()) {
    problems.add(mark, "a value is missing in the variation", kWords.hint);
  } else if (looks_like_a_range(item.text)) {
    add_range(item, mark, key, problems);
  } else if (auto node = parse_yaml(item.text, source, mark, problems)) {
    add_value(item.text, std::move(*node), key);
  }
}

}  // namespace

std::optional<VariedKey> read_varied_key(const std::string& text, const Source& source,
                                         Problems& problems) {
  const std::size_t before = problems.count();
  if (text.find('\n') != std::string::npos) {
    problems.add({&source, 0, 0}, "a variation is one line", kWords.hint);
    return std::nullopt;
  }
  auto path = parse_key_path(text, source, kWords, problems);
  if (!path) return std::nullopt;
  VariedKey key;
  key.path = std::move(*path);
  key.mark = {&source, 0, static_cast<int>(key.path.text.size()) + 1};
  for (const Item& item : ItemSplitter(text, key.path.text.size() + 1).split()) {
    add_item(item, source, key, problems);
  }
  if (problems.count() != before) return std::nullopt;
  return key;
}

}  // namespace gilsim::scenario
