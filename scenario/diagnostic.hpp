// What is wrong with a file or an override, and where. All errors of a file are reported at once.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace gilsim::scenario {

// A place in a file or an override, kept where a complaint may come later (expand()).
struct Place {
  std::string file;  // path as given; "--set" for an override; empty: unknown
  int line = 0;      // from 1; 0: the file as a whole
  int column = 0;    // from 1, in characters
  std::string source_line;
};

struct Diagnostic {
  std::string file;         // path as given; "--set" for an override
  int line = 0;             // from 1; 0: the file as a whole
  int column = 0;           // from 1, in characters
  std::string message;      // "unknown key 'taks'"
  std::string source_line;  // the line in question, without its end; may be empty
  std::string hint;         // "did you mean 'tasks'?"; may be empty
};

// file:line:col: error: message
//   source line
//      ^
//   hint: ...
std::string render(const Diagnostic& diagnostic);

Diagnostic diagnostic_at(const Place& place, std::string message, std::string hint = "");

// Thrown with every error found; what() is all of them rendered, one after another.
class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(std::vector<Diagnostic> diagnostics);
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace gilsim::scenario
