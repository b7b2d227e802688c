#include "tests/docs/printed_table.hpp"

#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace gilsim::app::test {
namespace {

using Span = std::pair<std::size_t, std::size_t>;  // characters: where, how many

// Where in the bytes of UTF-8 a character begins.
std::size_t byte_of(const std::string& line, std::size_t character) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < line.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(line[at]) & 0xC0) != 0x80;
    if (begins && seen++ == character) return at;
  }
  return at;
}

std::string cut(const std::string& line, Span span) {
  const std::size_t from = byte_of(line, span.first);
  const std::string text = line.substr(from, byte_of(line, span.first + span.second) - from);
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? ""
                                    : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

std::vector<Span> spans_of(const std::string& dashes) {
  std::vector<Span> spans;
  for (std::size_t at = dashes.find('-'); at != std::string::npos;) {
    const std::size_t end = std::min(dashes.find(' ', at), dashes.size());
    spans.emplace_back(at, end - at);
    at = dashes.find('-', end);
  }
  return spans;
}

bool is_dashes(const std::string& line) {
  return line.find("--") != std::string::npos && line.find_first_not_of(" -") == std::string::npos;
}

std::vector<std::string> cells_of(const std::string& line, const std::vector<Span>& spans) {
  std::vector<std::string> cells;
  for (const Span& span : spans) cells.push_back(cut(line, span));
  return cells;
}

}  // namespace

PrintedTable::PrintedTable(const std::string& text, const std::string& first_column) {
  std::istringstream lines(text);
  std::string header, line;
  while (std::getline(lines, line)) {
    if (is_dashes(line) && cut(header, spans_of(line).front()) == first_column) break;
    header = line;
  }
  if (!lines) throw std::runtime_error("no table that begins with " + first_column);
  const std::vector<Span> spans = spans_of(line);
  columns_ = cells_of(header, spans);
  while (std::getline(lines, line) && !line.empty()) rows_.push_back(cells_of(line, spans));
}

std::string PrintedTable::cell(const std::vector<std::string>& row,
                               const std::string& column) const {
  for (const std::vector<std::string>& cells : rows_) {
    bool is_it = true;
    for (std::size_t i = 0; i < row.size(); ++i) is_it = is_it && cells.at(i) == row[i];
    if (!is_it) continue;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] == column) return cells[i];
    }
  }
  throw std::runtime_error("no row " + row.front() + " with a column " + column);
}

double PrintedTable::number(const std::vector<std::string>& row, const std::string& column) const {
  const std::string text = cell(row, column);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const std::string unit = end;
  if (unit == " ms") return value / 1e3;
  if (unit == " µs") return value / 1e6;
  return value;
}

}  // namespace gilsim::app::test
