// JSON Schema (draft 2020-12) for editors: completes keys, shows meanings, marks mistakes. Looser
// than the reader where a schema can't say it: bounds of durations, names that must exist.
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenario/byte_count.hpp"
#include "scenario/duration.hpp"
#include "scenario/shape.hpp"

namespace gilsim::scenario {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kMayBeGrouped = 1e6;  // from here on people write 50_000_000

class SchemaMaker {
 public:
  Json schema(const Shape& root, const std::string& title) {
    Json body = mapping(root);
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
    schema.update(body);
    return schema;
  }

  const Json& definitions() const { return definitions_; }

 private:
  // A reference for what has a name, and for durations and bytes, which occur everywhere.
  Json value(const Shape& shape) {
    if (shape.kind == Shape::Kind::kDuration) {
      if (!definitions_.contains("duration")) {
        definitions_["duration"] = {
            {"type", "string"},
            {"description", "a number directly followed by ns, us, ms, s, min or h"},
            {"pattern", kDurationPattern}};
      }
      return reference("duration");
    }
    if (shape.kind == Shape::Kind::kBytes) {
      if (!definitions_.contains("bytes")) {
        definitions_["bytes"] = {
            {"type", "string"},
            {"description", "a number directly followed by B, KiB, MiB, GiB, KB, MB or GB"},
            {"pattern", kByteCountPattern}};
      }
      return reference("bytes");
    }
    if (shape.name.empty() || shape.inlined) return described(shape);
    if (!definitions_.contains(shape.name)) {
      Json definition = described(shape);
      definitions_[shape.name] = std::move(definition);
    }
    return reference(shape.name);
  }

  static Json reference(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }

  Json described(const Shape& shape) {
    switch (shape.kind) {
      case Shape::Kind::kBoolean:
        return {{"type", "boolean"}};
      case Shape::Kind::kInteger:
        return integer(shape);
      case Shape::Kind::kReal:
        return bounded("number", shape);
      case Shape::Kind::kText:
      case Shape::Kind::kDuration:
      case Shape::Kind::kBytes:
        return {{"type", "string"}};
      case Shape::Kind::kChoice:
        return {{"enum", shape.choices}};
      case Shape::Kind::kList:
        return list(shape.parts[0], shape.distinct);
      case Shape::Kind::kOneOrMany:
        return {{"oneOf", {value(shape.parts[0]), list(shape.parts[0], true)}}};
      case Shape::Kind::kNamed:
        return {{"type", "object"},
                {"minProperties", 1},
                {"additionalProperties", value(shape.parts[0])}};
      case Shape::Kind::kMapping:
        return mapping(shape);
      case Shape::Kind::kOneOf:
        return one_of(shape);
    }
    return {};
  }

  static Json number(double bound) {
    if (bound == std::floor(bound) && std::abs(bound) < 1e15) {
      return static_cast<std::int64_t>(bound);
    }
    return bound;
  }

  static Json bounded(const char* type, const Shape& shape) {
    Json json = {{"type", type}};
    if (std::isfinite(shape.min)) json["minimum"] = number(shape.min);
    if (std::isfinite(shape.max)) json["maximum"] = number(shape.max);
    return json;
  }

  static Json integer(const Shape& shape) {
    const Json plain = bounded("integer", shape);
    if (!std::isfinite(shape.max) || shape.max < kMayBeGrouped) return plain;
    return {{"anyOf", {plain, {{"type", "string"}, {"pattern", "^[1-9][0-9]*(_[0-9]+)+$"}}}}};
  }

  Json list(const Shape& item, bool distinct) {
    Json json = {{"type", "array"}, {"minItems", 1}};
    if (distinct) json["uniqueItems"] = true;
    json["items"] = value(item);
    return json;
  }

  Json one_of(const Shape& shape) {
    Json alternatives = Json::array();
    for (const Shape& part : shape.parts) alternatives.push_back(value(part));
    return {{"oneOf", std::move(alternatives)}};
  }

  Json mapping(const Shape& shape) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const ShapeField& field : shape.fields) {
      Json property = {{"description", description(field)}};
      property.update(value(field.shape));
      properties[field.name] = std::move(property);
      if (field.required) required.push_back(field.name);
    }
    Json json = {{"type", "object"}, {"additionalProperties", false}};
    if (!required.empty()) json["required"] = std::move(required);
    json["properties"] = std::move(properties);
    return json;
  }

  static std::string description(const ShapeField& field) {
    std::string text = field.meaning;
    const std::string bounds = bounds_text(field.shape);
    const bool is_text =
        field.shape.kind == Shape::Kind::kDuration || field.shape.kind == Shape::Kind::kBytes;
    if (is_text && !bounds.empty()) text += "; " + bounds;
    if (!field.default_text.empty()) text += "; default: " + field.default_text;
    return text;
  }

  Json definitions_ = Json::object();
};

std::string finish(SchemaMaker& maker, Json schema) {
  schema["$defs"] = maker.definitions();
  return schema.dump(2) + "\n";
}

Json without_keys(std::initializer_list<const char*> keys) {
  Json any = Json::array();
  for (const char* key : keys) any.push_back({{"required", Json::array({key})}});
  return {{"anyOf", std::move(any)}};
}

}  // namespace

std::string scenario_schema() {
  SchemaMaker maker;
  Json schema = maker.schema(mapping_shape<Scenario>(), "A gilsim scenario");
  const Json batch = {{"required", {"workload", "strategies"}},
                      {"not", without_keys({"threads", "together", "duration", "stages"})}};
  const Json graph = {{"required", {"stages", "strategies"}},
                      {"not", without_keys({"workload", "threads", "together", "duration", "pool",
                                            "threads_each"})}};
  const Json threads = {{"required", Json::array({"threads"})},
                        {"not", without_keys({"workload", "stages", "strategies", "workers",
                                              "start_method", "pool", "threads_each"})}};
  schema["oneOf"] = {batch, graph, threads};
  return finish(maker, std::move(schema));
}

std::string host_profile_schema() {
  SchemaMaker maker;
  return finish(maker, maker.schema(mapping_shape<model::HostProfile>(), "A gilsim host profile"));
}

}  // namespace gilsim::scenario
