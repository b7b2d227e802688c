#include "scenario/read_value.hpp"

#include <cmath>
#include <limits>

#include "scenario/byte_count.hpp"
#include "scenario/duration.hpp"
#include "scenario/number.hpp"

namespace gilsim::scenario {
namespace {

std::string described(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kList:
      return "a list";
    case Node::Kind::kMapping:
      return "a mapping";
    default:
      return "'" + node.text + "'";
  }
}

// The text of a plain scalar; nullptr, with a complaint, of anything else.
const std::string* plain_text(const Node& node, const std::string& wanted,
                              const ReadContext& context) {
  if (node.is_scalar() && !node.quoted) return &node.text;
  if (node.is_scalar()) {
    context.problems.add(node.mark, "'" + context.name + "' needs " + wanted + ", not text",
                         "remove the quotes");
  } else {
    report_kind(node, wanted, context);
  }
  return nullptr;
}

void report_value(const Node& node, const TextError& error, const ReadContext& context) {
  context.problems.add(node.mark, "'" + context.name + "': '" + node.text + "' " + error.message,
                       error.hint);
}

// Complains unless min <= value <= max; `format` spells a bound.
template <class T, class Format>
bool check_bounds(const Node& node, const T& value, const T& min, const T& max, Format format,
                  const ReadContext& context) {
  if (value < min) {
    context.problems.add(
        node.mark, "'" + context.name + "' must be at least " + format(min) + ", not " + node.text);
    return false;
  }
  if (value > max) {
    context.problems.add(
        node.mark, "'" + context.name + "' must be at most " + format(max) + ", not " + node.text);
    return false;
  }
  return true;
}

// A key that is there is not what another one of the mapping was meant to be; an override's path is
// meant for a key that is there.
std::string key_suggestion(const Entry& entry, const Node& mapping,
                           const std::vector<std::string>& known) {
  if (entry.added_by_path) return suggestion(entry.key, known, "keys");
  std::vector<std::string> missing;
  for (const std::string& key : known) {
    if (mapping.find_entry(key) == nullptr) missing.push_back(key);
  }
  return nearest(entry.key, missing).empty() ? known_names(known, "keys")
                                             : suggestion(entry.key, missing, "keys");
}

std::int64_t clamp_to_integer(double bound, std::int64_t lowest, std::int64_t highest) {
  if (bound <= static_cast<double>(lowest)) return lowest;
  if (bound >= static_cast<double>(highest)) return highest;
  return static_cast<std::int64_t>(bound);
}

void read_integer(const Node& node, std::int64_t& value, std::int64_t lowest, std::int64_t highest,
                  const ReadContext& context) {
  const std::string* text = plain_text(node, "a whole number", context);
  if (text == nullptr) return;
  std::int64_t read = 0;
  if (const TextError error = parse_integer(*text, read)) {
    return report_value(node, error, context);
  }
  const std::int64_t min = clamp_to_integer(context.info.min, lowest, highest);
  const std::int64_t max = clamp_to_integer(context.info.max, lowest, highest);
  const auto format = [](std::int64_t bound) { return std::to_string(bound); };
  if (check_bounds(node, read, min, max, format, context)) value = read;
}

}  // namespace

void report_kind(const Node& node, const std::string& wanted, const ReadContext& context) {
  if (node.kind == Node::Kind::kBroken) return;
  if (node.kind == Node::Kind::kNull) {
    return context.problems.add(node.mark, "'" + context.name + "' has no value",
                                "give it " + wanted + " or leave the key out");
  }
  context.problems.add(node.mark,
                       "'" + context.name + "' needs " + wanted + ", not " + described(node));
}

void report_unknown_key(const Entry& entry, const Node& mapping,
                        const std::vector<std::string>& known, const ReadContext& context) {
  const std::string hint = entry.key == "<<" ? "merge keys are not supported; write the keys out"
                                             : key_suggestion(entry, mapping, known);
  context.problems.add(entry.mark, "unknown key '" + entry.key + "'", hint);
}

void report_missing_key(const Node& mapping, const char* key, const model::FieldInfo& info,
                        const ReadContext& context) {
  const std::string where = context.name.empty() ? "" : " in '" + context.name + "'";
  context.problems.add(mapping.owner, std::string("missing key '") + key + "'" + where,
                       std::string(key) + ": " + info.meaning);
}

bool check_list(const Node& node, const ReadContext& context) {
  if (!node.is_list()) {
    report_kind(node, "a list", context);
    return false;
  }
  if (!node.items.empty()) return true;
  context.problems.add(node.owner, "'" + context.name + "' is an empty list",
                       "give it an item or leave the key out");
  return false;
}

void report_duplicate(const Node& item, const ReadContext& context) {
  context.problems.add(item.mark, "'" + context.name + "' has '" + item.text + "' twice",
                       "keep one of them");
}

bool check_name(const Entry& entry, const Node& mapping, const ReadContext& context) {
  if (!entry.added_by_path) return true;
  std::vector<std::string> names;
  for (const Entry& other : mapping.entries) {
    if (!other.added_by_path) names.push_back(other.key);
  }
  context.problems.add(entry.mark, "'" + context.name + "' has no '" + entry.key + "'",
                       suggestion(entry.key, names, "names"));
  return false;
}

void read_value(const Node& node, bool& value, const ReadContext& context) {
  const std::string* text = plain_text(node, "true or false", context);
  if (text == nullptr) return;
  if (*text != "true" && *text != "false") return report_kind(node, "true or false", context);
  value = *text == "true";
}

void read_value(const Node& node, int& value, const ReadContext& context) {
  std::int64_t wide = value;
  read_integer(node, wide, std::numeric_limits<int>::min(), std::numeric_limits<int>::max(),
               context);
  value = static_cast<int>(wide);
}

void read_value(const Node& node, std::int64_t& value, const ReadContext& context) {
  read_integer(node, value, std::numeric_limits<std::int64_t>::min(),
               std::numeric_limits<std::int64_t>::max(), context);
}

void read_value(const Node& node, double& value, const ReadContext& context) {
  const std::string* text = plain_text(node, "a number", context);
  if (text == nullptr) return;
  double read = 0;
  if (const TextError error = parse_real(*text, read)) return report_value(node, error, context);
  if (check_bounds(node, read, context.info.min, context.info.max, format_real, context)) {
    value = read;
  }
}

void read_value(const Node& node, std::string& value, const ReadContext& context) {
  if (!node.is_scalar()) return report_kind(node, "text", context);
  const std::string& text = node.text;
  const bool is_other = looks_like_a_number(text) || text == "true" || text == "false";
  if (!node.quoted && is_other && !node.mark.is_in_override()) {
    return context.problems.add(node.mark, "'" + context.name + "' needs text, not " + text,
                                "write \"" + text + "\", in quotes");
  }
  value = text;
}

void read_value(const Node& node, model::ByteCount& value, const ReadContext& context) {
  if (!node.is_scalar()) return report_kind(node, "a number of bytes", context);
  model::ByteCount read;
  if (const TextError error = read_byte_count(node.text, read)) {
    return report_value(node, error, context);
  }
  const auto bound = [](double bytes) {
    return std::isfinite(bytes) ? static_cast<std::int64_t>(bytes)
                                : std::numeric_limits<std::int64_t>::max();
  };
  const auto format = [](std::int64_t bytes) { return format_byte_count({bytes}); };
  const std::int64_t min = std::max<std::int64_t>(0, bound(std::max(0.0, context.info.min)));
  if (check_bounds(node, read.value, min, bound(context.info.max), format, context)) value = read;
}

void read_value(const Node& node, sim::Duration& value, const ReadContext& context) {
  if (!node.is_scalar()) return report_kind(node, "a duration", context);
  sim::Duration read;
  if (const TextError error = read_duration(node.text, read)) {
    return report_value(node, error, context);
  }
  const sim::Duration min = sim::Duration::from_nanoseconds(std::max(0.0, context.info.min));
  const sim::Duration max = std::isfinite(context.info.max)
                                ? sim::Duration::from_nanoseconds(context.info.max)
                                : kLongestDuration;
  if (check_bounds(node, read, min, max, format_duration, context)) value = read;
}

}  // namespace gilsim::scenario
