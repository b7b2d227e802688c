#include "scenario/suggest.hpp"

#include <algorithm>
#include <cctype>

namespace gilsim::scenario {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<int> cost((a.size() + 1) * width);
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      int& here = cost[i * width + j];
      if (i == 0 || j == 0) {
        here = static_cast<int>(i + j);
        continue;
      }
      const int replaced = cost[(i - 1) * width + j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      const int changed = 1 + std::min(cost[(i - 1) * width + j], cost[i * width + j - 1]);
      here = std::min(replaced, changed);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        here = std::min(here, cost[(i - 2) * width + j - 2] + 1);
      }
    }
  }
  return cost.back();
}

std::string nearest(const std::string& name, const std::vector<std::string>& known) {
  constexpr std::size_t longest = 100;
  if (name.size() > longest) return "";
  int best_distance = std::max(1, static_cast<int>(name.size()) / 3) + 1;
  std::string best;
  for (const std::string& candidate : known) {
    const int distance = edit_distance(lower(name), lower(candidate));
    if (distance < best_distance && distance < static_cast<int>(name.size())) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string suggestion(const std::string& name, const std::vector<std::string>& known,
                       const std::string& what) {
  const std::string best = nearest(name, known);
  if (!best.empty()) return "did you mean '" + best + "'?";
  return known_names(known, what);
}

std::string known_names(const std::vector<std::string>& known, const std::string& what) {
  return known.empty() ? "" : "known " + what + ": " + join(known);
}

std::string join(const std::vector<std::string>& parts, const std::string& separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

}  // namespace gilsim::scenario
