#include "scenario/emit_yaml.hpp"

#include <algorithm>
#include <array>

#include "scenario/number.hpp"

namespace gilsim::scenario {
namespace {

constexpr std::size_t kLongestFlow = 90;
constexpr std::size_t kManyScalars = 24;

std::string quote(const std::string& text) {
  constexpr const char* hexadecimal = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < ' ' || byte == 0x7f) {
      quoted += "\\x";
      quoted += hexadecimal[byte >> 4];
      quoted += hexadecimal[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

bool is_plain(const std::string& text) {
  constexpr std::array<const char*, 10> special{"true", "false", "null", "yes", "no",
                                                "on",   "off",   "y",    "n",   "~"};
  std::string lower;
  for (const char c : text) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  const bool is_word = std::all_of(lower.begin(), lower.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
           c == '+' || c == '@' || c == '/';
  });
  const bool starts_with_letter = !lower.empty() && lower[0] >= 'a' && lower[0] <= 'z';
  return is_word && starts_with_letter && !looks_like_a_number(text) &&
         std::find(special.begin(), special.end(), lower) == special.end();
}

std::string key_text(const std::string& key) { return is_plain(key) ? key : quote(key); }

std::string scalar_text(const Node& node) {
  return node.quoted && !is_plain(node.text) ? quote(node.text) : node.text;
}

bool has_values(const Node& mapping) {
  return std::any_of(mapping.entries.begin(), mapping.entries.end(),
                     [](const Entry& entry) { return entry.value.kind != Node::Kind::kNull; });
}

bool is_list_of_mappings(const Node& node) {
  return std::any_of(node.items.begin(), node.items.end(),
                     [](const Node& item) { return item.is_mapping(); });
}

// Whether a value stands on the line of its key: no comments to lose, no steps, and short.
bool fits_on_a_line(const Node& node) {
  if (!node.is_list() && !node.is_mapping()) return true;
  if (is_list_of_mappings(node)) return false;
  const auto is_small = [](const Node& part) {
    return part.kind != Node::Kind::kNull && fits_on_a_line(part);
  };
  const bool is_whole = std::all_of(node.items.begin(), node.items.end(), is_small) &&
                        std::all_of(node.entries.begin(), node.entries.end(),
                                    [&](const Entry& entry) { return is_small(entry.value); });
  return is_whole && emit_flow(node).size() <= kLongestFlow;
}

void emit_block(const Node& node, const std::string& indent, std::string& text);

void emit_entry(const Entry& entry, const std::string& indent, std::string& text) {
  const Node& value = entry.value;
  if (value.kind == Node::Kind::kNull) {
    text += "# " + key_text(entry.key) + ": not set; " + value.text + "\n";
    return;
  }
  text += key_text(entry.key) + ":";
  if (value.is_mapping() && !has_values(value)) {
    text += " {}\n";
    for (const Entry& unset : value.entries) {
      text += indent + "  ";
      emit_entry(unset, indent + "  ", text);
    }
  } else if (fits_on_a_line(value)) {
    text += " " + emit_flow(value) + "\n";
  } else {
    text += "\n";
    emit_block(value, indent + "  ", text);
  }
}

void emit_mapping(const Node& mapping, const std::string& indent, bool first_is_indented,
                  std::string& text) {
  for (std::size_t i = 0; i < mapping.entries.size(); ++i) {
    if (i > 0 || !first_is_indented) text += indent;
    emit_entry(mapping.entries[i], indent, text);
  }
}

// Many figures: as many on a line as there is room for.
bool is_long_list_of_scalars(const Node& node) {
  return node.items.size() >= kManyScalars &&
         std::all_of(node.items.begin(), node.items.end(),
                     [](const Node& item) { return item.is_scalar(); });
}

void emit_filled(const Node& list, const std::string& indent, std::string& text) {
  std::string line = indent + "[";
  for (const Node& item : list.items) {
    const bool is_last = &item == &list.items.back();
    const std::string word = scalar_text(item) + (is_last ? "]" : ",");
    if (line.size() + word.size() > kLongestFlow) {
      text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
      line = indent + " ";
    }
    line += word + (is_last ? "" : " ");
  }
  text += line + "\n";
}

void emit_block(const Node& node, const std::string& indent, std::string& text) {
  if (is_long_list_of_scalars(node)) return emit_filled(node, indent, text);
  if (node.is_mapping()) return emit_mapping(node, indent, false, text);
  for (const Node& item : node.items) {
    text += indent + "- ";
    const bool is_step = item.is_mapping() && item.entries.size() == 1;
    if (!item.is_mapping() || (fits_on_a_line(item) && !is_step)) {
      text += emit_flow(item) + "\n";
    } else {
      emit_mapping(item, indent + "  ", true, text);
    }
  }
}

}  // namespace

std::string emit_flow(const Node& node) {
  std::string text;
  if (node.is_list()) {
    for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + emit_flow(item);
    return "[" + text + "]";
  }
  if (!node.is_mapping()) return scalar_text(node);
  for (const Entry& entry : node.entries) {
    if (entry.value.kind == Node::Kind::kNull) continue;
    text += (text.empty() ? "" : ", ") + key_text(entry.key) + ": " + emit_flow(entry.value);
  }
  return "{" + text + "}";
}

std::string emit_yaml(const Node& root) {
  std::string text;
  emit_block(root, "", text);
  return text;
}

}  // namespace gilsim::scenario
