#include "scenario/write_value.hpp"

#include <algorithm>

#include "scenario/byte_count.hpp"
#include "scenario/number.hpp"
#include "scenario/read.hpp"

namespace gilsim::scenario {
namespace {

template <class T, class Part>
Node write_spread(const T& value, const Part& median) {
  const bool is_exact =
      value.samples == 0 && value.low == value.median && value.median == value.high;
  return is_exact ? write_value(median) : write_fields(value);
}

template <class Alternatives, class Variant>
Node write_alternative(const Alternatives& alternatives, const Variant& value) {
  Node mapping = Node::mapping();
  for_each_alternative(alternatives, [&](const auto& alternative) {
    using Type = typename std::decay_t<decltype(alternative)>::Type;
    if (const Type* held = std::get_if<Type>(&value)) {
      mapping.put(alternative.name, write_value(*held));
    }
  });
  return mapping;
}

// Where a step runs is said only where it is not the usual place.
template <class StepType>
Node write_step(const StepType& value) {
  Node mapping = write_fields(value);
  if (value.to_thread) return mapping;
  auto& entries = mapping.entries;
  entries.erase(std::remove_if(entries.begin(), entries.end(),
                               [](const Entry& entry) { return entry.key == "to_thread"; }),
                entries.end());
  return mapping;
}

}  // namespace

Node write_value(bool value) { return Node::scalar(value ? "true" : "false"); }
Node write_value(std::int64_t value) { return Node::scalar(std::to_string(value)); }
Node write_value(double value) { return Node::scalar(format_real(value)); }
Node write_value(const std::string& value) { return Node::scalar(value, true); }
Node write_value(model::ByteCount value) { return Node::scalar(format_byte_count(value)); }
Node write_value(sim::Duration value) { return Node::scalar(format_duration(value)); }
Node write_value(const model::Cost& value) { return write_spread(value, value.median); }
Node write_value(const model::Estimate& value) { return write_spread(value, value.median); }
Node write_value(const model::Empirical& value) { return write_value(value.samples); }
Node write_value(const model::Recorded& value) { return write_value(value.samples); }

Node write_value(const model::Distribution& value) {
  if (const auto* constant = std::get_if<model::Constant>(&value)) {
    return write_value(constant->value);
  }
  return write_alternative(kDistributions, value);
}

Node write_value(const model::PythonStep& value) {
  if (!value.loops && value.shares.empty()) return write_value(value.time);
  Node mapping = Node::mapping();
  if (!value.shares.empty()) {
    mapping.put("time", write_value(value.time));
    mapping.put("shares", write_value(value.shares));
    return mapping;
  }
  mapping.put("loops", write_value(*value.loops));
  return mapping;
}

Node write_value(const model::NativeStep& value) { return write_step(value); }
Node write_value(const model::WaitStep& value) {
  Node mapping = write_step(value);
  auto& entries = mapping.entries;
  const auto is_default = [&](const Entry& entry) {
    return (entry.key == "device" && value.device.empty()) ||
           (entry.key == "since" && value.since == model::WaitSince::kHere);
  };
  entries.erase(std::remove_if(entries.begin(), entries.end(), is_default), entries.end());
  return mapping;
}
Node write_value(const model::Step& value) { return write_alternative(kSteps, value); }

}  // namespace gilsim::scenario
