// Values of one key along which `gilsim tune` searches: numbers or durations.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gilsim::app {

struct AxisValue {
  double number = 0;  // nanoseconds of a duration
  bool is_duration = false;
  bool is_whole = false;
};

// Nothing for what is neither.
std::optional<AxisValue> axis_value(const std::string& text);

// As people write it: two digits that count, "840us", "1.4ms"; whole numbers whole.
std::string axis_text(const AxisValue& value);

// The values just below and above, of those that were tried.
struct Neighbours {
  std::optional<AxisValue> below, above;
};
Neighbours neighbours_of(const AxisValue& value, const std::vector<AxisValue>& tried);

// What lies in the middle, geometrically, between the value and each neighbour; nothing where they
// are less than a tenth apart, or next to each other.
std::vector<std::string> between_neighbours(const AxisValue& value,
                                            const std::vector<AxisValue>& tried);

}  // namespace gilsim::app
