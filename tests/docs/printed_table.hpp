// Tables as gilsim prints them, read back: a header, a line of dashes, rows.
#pragma once

#include <string>
#include <vector>

namespace gilsim::app::test {

class PrintedTable {
 public:
  // The table of `text` whose header begins with that word; throws std::runtime_error without.
  PrintedTable(const std::string& text, const std::string& first_column);

  // Of the first row whose cells begin so; throws std::runtime_error without.
  std::string cell(const std::vector<std::string>& row, const std::string& column) const;
  // Seconds, per second, or a plain number.
  double number(const std::vector<std::string>& row, const std::string& column) const;

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace gilsim::app::test
