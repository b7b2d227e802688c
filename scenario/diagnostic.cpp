#include "scenario/diagnostic.hpp"

#include <utility>

#include "scenario/utf8.hpp"

namespace gilsim::scenario {
namespace {

std::string render_all(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty()) text += "\n";
    text += render(diagnostic);
  }
  return text;
}

}  // namespace

std::string render(const Diagnostic& diagnostic) {
  std::string text = diagnostic.file;
  if (diagnostic.line > 0) {
    text += ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column);
  }
  text += ": error: " + diagnostic.message;
  if (!diagnostic.source_line.empty()) {
    text += "\n  " + diagnostic.source_line;
    if (diagnostic.column > 0) {
      text += "\n  " + blank_prefix(diagnostic.source_line, diagnostic.column - 1) + "^";
    }
  }
  if (!diagnostic.hint.empty()) text += "\n  hint: " + diagnostic.hint;
  return text;
}

Diagnostic diagnostic_at(const Place& place, std::string message, std::string hint) {
  return {place.file,         place.line,        place.column,
          std::move(message), place.source_line, std::move(hint)};
}

ScenarioError::ScenarioError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(render_all(diagnostics)), diagnostics_(std::move(diagnostics)) {}

}  // namespace gilsim::scenario
