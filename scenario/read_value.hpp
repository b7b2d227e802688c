// Reads values from a tree by their declarations, strictly. Every complaint goes to the problems
// and leaves the value as it was; reading goes on, so that all of them are found.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "models/estimate.hpp"
#include "models/parameter.hpp"
#include "models/process/payload.hpp"
#include "scenario/declarations.hpp"
#include "scenario/node.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::scenario {

struct ReadContext {
  std::string name;  // the key, for messages
  model::FieldInfo info;
  Problems& problems;
};

void read_value(const Node& node, bool& value, const ReadContext& context);
void read_value(const Node& node, int& value, const ReadContext& context);
void read_value(const Node& node, std::int64_t& value, const ReadContext& context);
void read_value(const Node& node, double& value, const ReadContext& context);
void read_value(const Node& node, std::string& value, const ReadContext& context);
void read_value(const Node& node, sim::Duration& value, const ReadContext& context);
void read_value(const Node& node, model::ByteCount& value, const ReadContext& context);
void read_value(const Node& node, model::Cost& value, const ReadContext& context);
void read_value(const Node& node, model::Estimate& value, const ReadContext& context);
void read_value(const Node& node, model::Empirical& value, const ReadContext& context);
void read_value(const Node& node, model::Recorded& value, const ReadContext& context);
void read_value(const Node& node, model::Distribution& value, const ReadContext& context);
void read_value(const Node& node, model::PythonStep& value, const ReadContext& context);
void read_value(const Node& node, model::NativeStep& value, const ReadContext& context);
void read_value(const Node& node, model::WaitStep& value, const ReadContext& context);
void read_value(const Node& node, model::Step& value, const ReadContext& context);

// Complains that the node is something else than `wanted`; silent about a broken one.
void report_kind(const Node& node, const std::string& wanted, const ReadContext& context);
void report_unknown_key(const Entry& entry, const Node& mapping,
                        const std::vector<std::string>& known, const ReadContext& context);
void report_missing_key(const Node& mapping, const char* key, const model::FieldInfo& info,
                        const ReadContext& context);
// False, with a complaint, unless the node is a list with items.
bool check_list(const Node& node, const ReadContext& context);
void report_duplicate(const Node& item, const ReadContext& context);
// False, with a complaint, where an override's path names what the file does not have.
bool check_name(const Entry& entry, const Node& mapping, const ReadContext& context);

// The visitor of `describe`: reads the declared keys of a mapping.
class FieldReader {
 public:
  FieldReader(const Node& mapping, const ReadContext& context)
      : mapping_(mapping), context_(context) {}

  template <class T>
  void field(const char* name, T& member, const model::FieldInfo& info) {
    known_.push_back(name);
    if (const Node* node = mapping_.find(name)) {
      read_value(*node, member, ReadContext{name, info, context_.problems});
    } else if (info.required) {
      report_missing_key(mapping_, name, info, context_);
    }
  }

  const std::vector<std::string>& known() const { return known_; }

 private:
  const Node& mapping_;
  const ReadContext& context_;
  std::vector<std::string> known_;
};

template <class T>
void read_fields(const Node& node, T& value, const ReadContext& context,
                 const std::vector<std::string>& also_known = {}) {
  if (!node.is_mapping()) return report_kind(node, "a mapping", context);
  FieldReader reader(node, context);
  describe(reader, value);
  std::vector<std::string> known = reader.known();
  for (const Entry& entry : node.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    known.insert(known.end(), also_known.begin(), also_known.end());
    report_unknown_key(entry, node, known, context);
  }
}

inline void check_value(const Node&, const auto&, const ReadContext&) {}
void check_value(const Node& node, const model::Uniform& value, const ReadContext& context);

template <class T>
concept Enum = std::is_enum_v<T>;
template <class T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, std::string> ||
    std::is_same_v<T, sim::Duration>;

template <Enum T>
void read_value(const Node& node, T& value, const ReadContext& context) {
  std::vector<std::string> names;
  for (const auto& [candidate, name] : model::EnumNames<T>::values) {
    if (node.is_scalar() && node.text == name) {
      value = candidate;
      return;
    }
    names.push_back(name);
  }
  if (!node.is_scalar()) return report_kind(node, "one of " + join(names), context);
  context.problems.add(node.mark, "'" + context.name + "' can't be '" + node.text + "'",
                       suggestion(node.text, names, "values"));
}

template <class T>
void read_value(const Node& node, std::optional<T>& value, const ReadContext& context) {
  T present{};
  read_value(node, present, context);
  value = std::move(present);
}

template <class T>
void read_value(const Node& node, std::vector<T>& value, const ReadContext& context) {
  if constexpr (Scalar<T>) {
    if (node.is_scalar() && node.is_whole_override) {
      Node list = Node::list({node});
      list.mark = list.owner = node.mark;
      return read_value(list, value, context);
    }
  }
  if (!check_list(node, context)) return;
  value.clear();
  for (const Node& item : node.items) {
    const std::size_t before = context.problems.count();
    T read{};
    read_value(item, read, context);
    if (context.problems.count() != before) continue;
    if constexpr (Scalar<T>) {
      if (std::find(value.begin(), value.end(), read) != value.end()) {
        report_duplicate(item, context);
      }
    }
    value.push_back(std::move(read));
  }
}

template <class T>
void read_value(const Node& node, model::OneOrMany<T>& value, const ReadContext& context) {
  if (node.is_list()) return read_value(node, value.values, context);
  T read{};
  read_value(node, read, context);
  value.values = {std::move(read)};
}

template <class T>
void read_value(const Node& node, std::vector<std::pair<std::string, T>>& value,
                const ReadContext& context) {
  if (!node.is_mapping()) return report_kind(node, "a mapping of names", context);
  if (node.entries.empty()) {
    return context.problems.add(node.owner, "'" + context.name + "' is empty",
                                "give it an entry or leave the key out");
  }
  value.clear();
  for (const Entry& entry : node.entries) {
    if (!check_name(entry, node, context)) continue;
    T read{};
    read_value(entry.value, read, ReadContext{entry.key, context.info, context.problems});
    value.emplace_back(entry.key, std::move(read));
  }
}

template <class T>
void read_value(const Node& node, T& value, const ReadContext& context) {
  const std::size_t before = context.problems.count();
  read_fields(node, value, context);
  if (context.problems.count() == before) check_value(node, value, context);
}

}  // namespace gilsim::scenario
