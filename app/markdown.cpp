#include "app/markdown.hpp"

#include "app/format.hpp"

namespace gilsim::app {
namespace {

std::string row_of(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) {
    row += ' ';
    for (const char c : printable(cell)) row += c == '|' ? std::string("\\|") : std::string(1, c);
    row += " |";
  }
  return row + "\n";
}

}  // namespace

MarkdownTable::MarkdownTable(const std::vector<std::string>& titles,
                             const std::vector<std::string>& alignment)
    : text_(row_of(titles) + "|") {
  for (const std::string& side : alignment) text_ += side == "r" ? "---:|" : "---|";
  text_ += "\n";
}

void MarkdownTable::add(const std::vector<std::string>& cells) {
  text_ += row_of(cells);
  ++rows_;
}

}  // namespace gilsim::app
