#include "scenario/parse_yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

#include "scenario/utf8.hpp"

namespace gilsim::scenario {
namespace {

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Mark& origin, Problems& problems) : origin_(origin), problems_(problems) {}

  Mark at(const YAML::Mark& mark) const {
    if (mark.is_null()) return origin_;
    const int first = mark.line == 0 ? origin_.byte : 0;
    return {origin_.source, origin_.line + mark.line, first + mark.column};
  }
  int documents() const { return documents_; }
  std::optional<Node> take_root() { return std::move(root_); }

  // yaml-cpp takes a stray comma for a document of its own, again and again.
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (character_at(at(mark)) == ',') throw YAML::ParserException(mark, "unexpected ','");
    if (++documents_ == 2) {
      problems_.add(at(mark), "a second document begins here",
                    "keep one document a file: remove the second '---' and what follows it");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(begin(Node(), mark, "?", anchor));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problems_.add(at(mark), "aliases are not supported", "write the value out");
    Node node;
    node.kind = Node::Kind::kBroken;
    node.mark = node.owner = at(mark);
    add(std::move(node));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    add(begin(Node::scalar(value, tag == "!"), mark, tag, anchor));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(begin(Node::list(), mark, tag, anchor));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(begin(Node::mapping(), mark, tag, anchor));
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    Node node;
    std::optional<Node> key;  // read, its value not yet
  };

  static char character_at(const Mark& mark) {
    const auto& lines = mark.source->lines;
    if (mark.line >= static_cast<int>(lines.size())) return '\0';
    const std::string& line = lines[static_cast<std::size_t>(mark.line)];
    return mark.byte < static_cast<int>(line.size()) ? line[static_cast<std::size_t>(mark.byte)]
                                                     : '\0';
  }

  Node begin(Node node, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    node.mark = node.owner = at(mark);
    if (anchor != 0) {
      problems_.add(node.mark, "anchors are not supported", "remove the '&' and the name after it");
    }
    if (!tag.empty() && tag != "?" && tag != "!") {
      problems_.add(node.mark, "tags are not supported", "remove the '!' and the name after it");
    }
    return node;
  }

  void open(Node node) { levels_.push_back({std::move(node), {}}); }

  void close() {
    Node node = std::move(levels_.back().node);
    levels_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (levels_.empty()) {
      if (documents_ == 1) root_ = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.is_list()) {
      level.node.items.push_back(std::move(node));
    } else if (!level.key) {
      level.key = std::move(node);
    } else {
      add_entry(level, std::move(node));
    }
  }

  void add_entry(Level& level, Node value) {
    const Node key = *std::exchange(level.key, std::nullopt);
    if (!key.is_scalar()) {
      if (key.kind != Node::Kind::kBroken) {
        problems_.add(key.mark, "a key must be text",
                      key.kind == Node::Kind::kNull ? "write the key before the ':'" : "");
      }
      return;
    }
    if (const Entry* first = level.node.find_entry(key.text)) {
      problems_.add(key.mark, "duplicate key '" + key.text + "'",
                    "it is already given in line " + std::to_string(first->mark.line + 1) +
                        "; keep one of them");
      return;
    }
    if (value.kind == Node::Kind::kNull) value.mark = key.mark;
    const bool is_block = value.mark.line != key.mark.line;
    value.owner = is_block || value.kind == Node::Kind::kNull ? key.mark : value.mark;
    level.node.entries.push_back({key.text, key.mark, std::move(value), false});
  }

  const Mark origin_;
  Problems& problems_;
  int documents_ = 0;
  std::vector<Level> levels_;
  std::optional<Node> root_;
};

// Refuses what yaml-cpp would take for the end of the file or pass on as it is.
bool check_characters(const std::string& text, const Mark& origin, Problems& problems) {
  Mark mark = origin;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t start = position;
    const int character = next_character(text, position);
    const bool is_control = character < ' ' && character != '\t' && character != '\n';
    const bool ends_line = character == '\r' && position < text.size() && text[position] == '\n';
    if (character < 0) {
      problems.add(mark, "this byte is not UTF-8", "save the file as UTF-8");
      return false;
    }
    if ((is_control && !ends_line) || character == 0x7f) {
      problems.add(mark, "control character " + std::to_string(character), "remove it");
      return false;
    }
    mark.byte += static_cast<int>(position - start);
    if (character == '\n') mark = {origin.source, mark.line + 1, 0};
  }
  return true;
}

std::optional<Mark> tab_in_indentation(const Source& source, int last_line) {
  for (int line = 0; line <= last_line && line < static_cast<int>(source.lines.size()); ++line) {
    const std::string& text = source.lines[static_cast<std::size_t>(line)];
    const std::size_t end = text.find_first_not_of(" \t");
    const std::size_t tab = text.find('\t');
    if (tab != std::string::npos && end != std::string::npos && tab < end) {
      return Mark{&source, line, static_cast<int>(tab)};
    }
  }
  return std::nullopt;
}

void report_syntax_error(const std::string& message, const Mark& mark, Problems& problems) {
  if (const auto tab = tab_in_indentation(*mark.source, mark.line)) {
    problems.add(*tab, "a tab in the indentation", "indent with spaces");
    return;
  }
  problems.add(mark, "not valid YAML: " + message,
               "check the indentation, brackets, quotes and colons here and in the lines above");
}

}  // namespace

std::optional<Node> parse_yaml(const std::string& text, const Source& source, const Mark& origin,
                               Problems& problems) {
  if (!check_characters(text, origin, problems)) return std::nullopt;
  TreeBuilder builder(origin, problems);
  try {
    std::istringstream input(text);
    YAML::Parser parser(input);
    while (builder.documents() < 2 && parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    report_syntax_error(error.msg, builder.at(error.mark), problems);
    return std::nullopt;
  }
  std::optional<Node> root = builder.take_root();
  if (!root || root->kind == Node::Kind::kNull) {
    if (source.is_override()) {
      problems.add(origin, "no value after the '='", "write KEY=VALUE");
    } else {
      problems.add({&source, -1, 0}, "the file is empty");
    }
    return std::nullopt;
  }
  return root;
}

}  // namespace gilsim::scenario
