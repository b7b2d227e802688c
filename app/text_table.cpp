#include "app/text_table.hpp"

#include <algorithm>

namespace gilsim::app {
namespace {

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::size_t display_width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t used = display_width(text);
  return used < width ? text + std::string(width - used, ' ') : text;
}

void TextTable::add_column(const std::string& title, Align align) {
  columns_.push_back({title, align});
}

void TextTable::add_row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string TextTable::html() const {
  const auto is_blank = [&](std::size_t i) {
    return std::all_of(rows_.begin(), rows_.end(), [&](const auto& row) { return row[i].empty(); });
  };
  const auto row_of = [&](const char* tag, auto cell_of) {
    std::string line = "<tr>";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (is_blank(i)) continue;
      const char* const align = columns_[i].align == Align::kLeft ? "" : " class=\"number\"";
      line += std::string("<") + tag + align + ">" + escaped(cell_of(i)) + "</" + tag + ">";
    }
    return line + "</tr>\n";
  };
  std::string html = "<table>\n<thead>" +
                     row_of("th", [&](std::size_t i) { return columns_[i].title; }) +
                     "</thead>\n<tbody>\n";
  for (const auto& row : rows_) html += row_of("td", [&](std::size_t i) { return row[i]; });
  return html + "</tbody>\n</table>\n";
}

std::string TextTable::text() const {
  if (columns_.empty()) return "";
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  std::string titles, rule;
  std::vector<std::string> lines(rows_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (widths[i] == 0) continue;
    const std::size_t width = std::max(widths[i], display_width(columns_[i].title));
    const auto cell = [&](const std::string& text) {
      const std::string blanks(width - display_width(text), ' ');
      return "  " + (columns_[i].align == Align::kLeft ? text + blanks : blanks + text);
    };
    titles += cell(columns_[i].title);
    rule += "  " + std::string(width, '-');
    for (std::size_t row = 0; row < rows_.size(); ++row) lines[row] += cell(rows_[row][i]);
  }
  std::string text = without_trailing_blanks(titles) + "\n" + rule + "\n";
  for (const std::string& line : lines) text += without_trailing_blanks(line) + "\n";
  return text;
}

}  // namespace gilsim::app
