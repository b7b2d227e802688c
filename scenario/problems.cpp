#include "scenario/problems.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "scenario/utf8.hpp"

namespace gilsim::scenario {

Source make_source(std::string name, const std::string& text, int order) {
  Source source{std::move(name), {}, order};
  std::size_t start = 0;
  while (start <= text.size()) {
    std::size_t end = text.find('\n', start);
    if (end == std::string::npos) end = text.size();
    std::string line = text.substr(start, end - start);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    source.lines.push_back(std::move(line));
    start = end + 1;
  }
  return source;
}

Place place_of(const Mark& mark) {
  if (mark.source == nullptr) return {};
  Place place{mark.source->name, 0, 0, ""};
  if (mark.line < 0) return place;
  const int last = static_cast<int>(mark.source->lines.size()) - 1;
  const int line = std::min(mark.line, last);
  place.line = line + 1;
  place.source_line = mark.source->lines[static_cast<std::size_t>(line)];
  const int byte = mark.line > last ? static_cast<int>(place.source_line.size()) : mark.byte;
  place.column = 1 + characters_before(place.source_line, static_cast<std::size_t>(byte));
  return place;
}

void Problems::add(const Mark& mark, std::string message, std::string hint) {
  found_.push_back({mark.source == nullptr ? 0 : mark.source->order,
                    diagnostic_at(place_of(mark), std::move(message), std::move(hint))});
}

void Problems::throw_if_any() const {
  if (found_.empty()) return;
  std::vector<Found> sorted = found_;
  const auto key = [](const Found& found) {
    return std::make_tuple(found.order, found.diagnostic.line, found.diagnostic.column);
  };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Found& a, const Found& b) { return key(a) < key(b); });
  std::vector<Diagnostic> diagnostics;
  for (Found& found : sorted) diagnostics.push_back(std::move(found.diagnostic));
  throw ScenarioError(std::move(diagnostics));
}

}  // namespace gilsim::scenario
