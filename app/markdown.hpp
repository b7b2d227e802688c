// Tables in Markdown.
#pragma once

#include <string>
#include <vector>

namespace gilsim::app {

class MarkdownTable {
 public:
  // `alignment` by column: "l" or "r".
  MarkdownTable(const std::vector<std::string>& titles, const std::vector<std::string>& alignment);

  void add(const std::vector<std::string>& cells);
  bool empty() const { return rows_ == 0; }
  std::string text() const { return text_; }

 private:
  std::string text_;
  int rows_ = 0;
};

}  // namespace gilsim::app
