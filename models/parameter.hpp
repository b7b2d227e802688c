// How a parameter struct declares its fields, once: name, bounds, one-line meaning. The strict YAML
// reader, --print-config, the JSON Schema and the reference page all visit the same declaration:
//
//   template <class Visitor> void describe(Visitor& visit, MachineParameters& p) {
//     visit.field("cores", p.cores, {.meaning = "processor cores", .min = 1, .max = 1024});
//   }
//
// `describe` is found by argument-dependent lookup. Bounds of a Duration are in nanoseconds.
#pragma once

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace gilsim::model {

struct FieldInfo {
  const char* meaning = "";
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool required = false;
};

// The spelling of an enum in files and reports; specialised beside each enum as
//   static constexpr std::pair<E, const char*> values[] = {...};
template <class Enum>
struct EnumNames;

template <class Enum>
const char* name_of(Enum value) {
  for (const auto& [candidate, name] : EnumNames<Enum>::values) {
    if (candidate == value) return name;
  }
  return "?";
}

// One value or a list of alternatives: `cores: 2` or `cores: [1, 2]`. Never empty once read.
template <class T>
struct OneOrMany {
  std::vector<T> values;
};

// A mapping from free names to T that keeps the order of the file.
template <class T>
using Named = std::vector<std::pair<std::string, T>>;

}  // namespace gilsim::model
