// How the values of a varied key stand in records: whole numbers, numbers, nanoseconds or text.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "scenario/vary.hpp"

namespace gilsim::app {

using Json = nlohmann::ordered_json;

struct VariedColumn {
  enum class Kind { kWhole, kReal, kDuration, kText };
  std::string key;   // as typed
  std::string name;  // with `_ns` where all values are durations
  Kind kind = Kind::kText;

  Json value(const std::string& text) const;
};

VariedColumn column_of(const scenario::VariedKey& key);

}  // namespace gilsim::app
