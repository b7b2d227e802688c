// Values to a tree by their declarations, in the spelling that read_value() reads back equal. What
// is not set becomes a key without a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenario/read_value.hpp"

namespace gilsim::scenario {

Node write_value(bool value);
Node write_value(std::int64_t value);
Node write_value(double value);
Node write_value(const std::string& value);
Node write_value(sim::Duration value);
Node write_value(model::ByteCount value);
Node write_value(const model::Cost& value);
Node write_value(const model::Estimate& value);
Node write_value(const model::Empirical& value);
Node write_value(const model::Recorded& value);
Node write_value(const model::Distribution& value);
Node write_value(const model::PythonStep& value);
Node write_value(const model::NativeStep& value);
Node write_value(const model::WaitStep& value);
Node write_value(const model::Step& value);

inline Node write_value(int value) { return write_value(static_cast<std::int64_t>(value)); }

template <Enum T>
Node write_value(T value) {
  return Node::scalar(model::name_of(value));
}
template <class T>
requires std::is_class_v<T> Node write_value(const T& value);
template <class T>
Node write_value(const std::optional<T>& value);
template <class T>
Node write_value(const std::vector<T>& value);
template <class T>
Node write_value(const model::OneOrMany<T>& value);
template <class T>
Node write_value(const std::vector<std::pair<std::string, T>>& value);

// The visitor of `describe`: all declared keys, in order.
class FieldWriter {
 public:
  template <class T>
  void field(const char* name, const T& member, const model::FieldInfo& info) {
    Node node = write_value(member);
    if (node.kind == Node::Kind::kNull) node.text = info.meaning;
    mapping_.put(name, std::move(node));
  }
  Node take() { return std::move(mapping_); }

 private:
  Node mapping_ = Node::mapping();
};

template <class T>
Node write_fields(const T& value) {
  FieldWriter writer;
  T copy = value;  // `describe` takes what it may write to
  describe(writer, copy);
  return writer.take();
}

template <class T>
requires std::is_class_v<T> Node write_value(const T& value) { return write_fields(value); }

template <class T>
Node write_value(const std::optional<T>& value) {
  return value ? write_value(*value) : Node();
}

template <class T>
Node write_value(const std::vector<T>& value) {
  Node list = Node::list();
  for (const T& item : value) list.items.push_back(write_value(item));
  return value.empty() ? Node() : list;
}

template <class T>
Node write_value(const model::OneOrMany<T>& value) {
  return value.values.size() == 1 ? write_value(value.values.front()) : write_value(value.values);
}

template <class T>
Node write_value(const std::vector<std::pair<std::string, T>>& value) {
  Node mapping = Node::mapping();
  for (const auto& [name, item] : value) mapping.put(name, write_value(item));
  return value.empty() ? Node() : mapping;
}

}  // namespace gilsim::scenario
