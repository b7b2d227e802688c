// The reference page: a row a key, from the declarations.
#include <cmath>

#include "scenario/byte_count.hpp"
#include "scenario/duration.hpp"
#include "scenario/shape.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::scenario {
namespace {

std::string type_text(const Shape& shape) {
  if (!shape.name.empty()) return shape.name;
  switch (shape.kind) {
    case Shape::Kind::kBoolean:
      return "true or false";
    case Shape::Kind::kInteger:
      return "whole number";
    case Shape::Kind::kReal:
      return "number";
    case Shape::Kind::kText:
      return "text";
    case Shape::Kind::kDuration:
      return "duration";
    case Shape::Kind::kBytes:
      return "bytes";
    case Shape::Kind::kChoice:
      return join(shape.choices, " \\| ");
    case Shape::Kind::kList:
      return "list of " + type_text(shape.parts[0]);
    case Shape::Kind::kOneOrMany:
      return type_text(shape.parts[0]) + ", or a list";
    case Shape::Kind::kNamed:
      return "mapping by name";
    case Shape::Kind::kMapping:
      return "mapping";
    case Shape::Kind::kOneOf: {
      std::vector<std::string> parts;
      for (const Shape& part : shape.parts) parts.push_back(type_text(part));
      return join(parts, " or ");
    }
  }
  return "";
}

void add_rows(const Shape& mapping, const std::string& prefix, std::string& page);

// The rows of what stands below a key.
void add_inner_rows(const Shape& shape, const std::string& key, std::string& page) {
  if (!shape.name.empty()) return;
  switch (shape.kind) {
    case Shape::Kind::kMapping:
      return add_rows(shape, key + ".", page);
    case Shape::Kind::kNamed:
      return add_inner_rows(shape.parts[0], key + ".NAME", page);
    case Shape::Kind::kList:
    case Shape::Kind::kOneOrMany:
      return add_inner_rows(shape.parts[0], key + "[]", page);
    case Shape::Kind::kOneOf:
      for (const Shape& part : shape.parts) add_inner_rows(part, key, page);
      return;
    default:
      return;
  }
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c;
  }
  return result;
}

void add_rows(const Shape& mapping, const std::string& prefix, std::string& page) {
  for (const ShapeField& field : mapping.fields) {
    const std::string standard = field.required               ? "required"
                                 : field.default_text.empty() ? ""
                                                              : "`" + field.default_text + "`";
    page += "| `" + prefix + field.name + "` | " + type_text(field.shape) + " | " +
            bounds_text(field.shape) + " | " + standard + " | " + escaped(field.meaning) + " |\n";
    add_inner_rows(field.shape, prefix + field.name, page);
  }
}

void add_table(const std::string& title, const std::string& text, const Shape& shape,
               std::string& page) {
  page += "\n## " + title + "\n\n" + text +
          "\n\n| key | type and unit | bounds | default | meaning |\n|---|---|---|---|---|\n";
  if (shape.kind != Shape::Kind::kOneOf) return add_rows(shape, "", page);
  const bool is_choice_of_keys = shape.parts.back().fields.size() == 1;
  for (Shape part : shape.parts) {
    if (is_choice_of_keys && !part.fields.empty()) part.fields.front().required = false;
    add_rows(part, "", page);
  }
}

}  // namespace

std::string bounds_text(const Shape& shape) {
  if (shape.kind == Shape::Kind::kOneOrMany || shape.kind == Shape::Kind::kList ||
      shape.kind == Shape::Kind::kOneOf) {
    return shape.name.empty() || shape.inlined ? bounds_text(shape.parts[0]) : "";
  }
  const auto format = [&](double bound) {
    if (shape.kind == Shape::Kind::kDuration) {
      return format_duration(sim::Duration::from_nanoseconds(bound));
    }
    return shape.kind == Shape::Kind::kBytes ? format_byte_count({static_cast<std::int64_t>(bound)})
                                             : format_real(bound);
  };
  std::vector<std::string> parts;
  if (std::isfinite(shape.min)) parts.push_back("at least " + format(shape.min));
  if (std::isfinite(shape.max)) parts.push_back("at most " + format(shape.max));
  return join(parts);
}

std::string reference_page() {
  std::string page =
      "# Reference\n\nGenerated from the declarations. A duration is a "
      "number directly followed by ns, us, ms, s, min or h; where no bound is given it is at "
      "most " +
      format_duration(kLongestDuration) + ".\n";
  add_table("Scenario", "Either `workload` or `stages` with `strategies`, or `threads`.",
            mapping_shape<Scenario>(), page);
  add_table("Step", "A mapping with one of these keys.", shape_as<model::Step>({}), page);
  add_table("Distribution", "Just a duration, or a mapping with one of these keys.",
            shape_as<model::Distribution>({}), page);
  add_table("Host profile", "Written by `gilsim calibrate`.", mapping_shape<model::HostProfile>(),
            page);
  add_table("Cost", "Just a duration, or a mapping with these keys.",
            shape_as<model::Cost>({.min = 0}), page);
  add_table("Estimate", "Just a number, or a mapping with these keys.",
            shape_as<model::Estimate>({}), page);
  return page;
}

}  // namespace gilsim::scenario
