// Collects what is wrong while a file is read, so that all of it is reported at once, in the order
// of the file; overrides come after it.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "scenario/diagnostic.hpp"

namespace gilsim::scenario {

// A text that nodes come from: the file, or one override.
struct Source {
  std::string name;                // path, or "--set"
  std::vector<std::string> lines;  // without their ends
  int order = 0;                   // 0: the file; overrides count from 1
  bool is_override() const { return order > 0; }
};

// A place in a source that must outlive it. Lines and bytes count from 0, as yaml-cpp's marks do.
struct Mark {
  const Source* source = nullptr;
  int line = -1;  // -1: the source as a whole
  int byte = 0;
  bool is_in_override() const { return source != nullptr && source->is_override(); }
};

Source make_source(std::string name, const std::string& text, int order);
Place place_of(const Mark& mark);

class Problems {
 public:
  void add(const Mark& mark, std::string message, std::string hint = "");
  std::size_t count() const { return found_.size(); }
  void throw_if_any() const;  // ScenarioError with all of them, sorted

 private:
  struct Found {
    int order;
    Diagnostic diagnostic;
  };
  std::vector<Found> found_;
};

}  // namespace gilsim::scenario
