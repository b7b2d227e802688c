// Tables in plain text, aligned by characters, not bytes: UTF-8 of one column a character.
#pragma once

#include <string>
#include <vector>

namespace gilsim::app {

// Number of UTF-8 characters. Wide and combining characters are not told apart.
std::size_t display_width(const std::string& text);
// With what HTML and XML would read as markup spelt out.
std::string escaped(const std::string& text);
std::string padded(const std::string& text, std::size_t width);

class TextTable {
 public:
  enum class Align { kLeft, kRight };

  void add_column(const std::string& title, Align align = Align::kRight);
  void add_row(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }

  // Title line, rule, rows; each line indented by two, without trailing blanks. Columns whose cells
  // are all empty are left out.
  std::string text() const;
  // The same as HTML: a table element, every cell escaped.
  std::string html() const;

 private:
  struct Column {
    std::string title;
    Align align;
  };
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace gilsim::app
