// What may stand in a file, as data: made from the declarations once, and turned into the JSON
// Schema and the reference page.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "scenario/emit_yaml.hpp"
#include "scenario/write_value.hpp"

namespace gilsim::scenario {

struct ShapeField;

struct Shape {
  enum class Kind {
    kBoolean,
    kInteger,
    kReal,
    kText,
    kDuration,
    kBytes,
    kChoice,     // one of `choices`
    kList,       // of parts[0]
    kOneOrMany,  // parts[0] or a list of it
    kNamed,      // free names to parts[0]
    kMapping,    // `fields`
    kOneOf,      // one of the parts
  };
  Kind kind = Kind::kText;
  std::string name;      // of what occurs in many places; empty: described where it stands
  bool inlined = false;  // named, but its bounds differ from place to place
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool distinct = false;  // the items of a list
  std::vector<std::string> choices;
  std::vector<Shape> parts;
  std::vector<ShapeField> fields;

  // Defined below, where the type of the fields is complete.
  Shape();
  Shape(const Shape&);
  Shape(Shape&&) noexcept;
  Shape& operator=(const Shape&);
  Shape& operator=(Shape&&) noexcept;
  ~Shape();
};

struct ShapeField {
  std::string name;
  std::string meaning;
  bool required = false;
  std::string default_text;  // as in a file; empty: not set
  Shape shape;
};

inline Shape::Shape() = default;
inline Shape::Shape(const Shape&) = default;
inline Shape::Shape(Shape&&) noexcept = default;
inline Shape& Shape::operator=(const Shape&) = default;
inline Shape& Shape::operator=(Shape&&) noexcept = default;
inline Shape::~Shape() = default;

template <class T>
struct TypeTag {};

template <class T>
Shape shape_as(const model::FieldInfo& info);

Shape simple_shape(Shape::Kind kind, const model::FieldInfo& info);
Shape wrapped_shape(Shape::Kind kind, Shape part);
// "at least 1us, at most 100s", in the unit of the value; empty: no bounds.
std::string bounds_text(const Shape& shape);
// A mapping with the one key `name`.
Shape alternative_shape(const std::string& name, const std::string& meaning, Shape value);

class ShapeVisitor {
 public:
  template <class T>
  void field(const char* name, const T& member, const model::FieldInfo& info) {
    const Node value = write_value(member);
    const bool has_default = !info.required && value.kind != Node::Kind::kNull &&
                             !(value.is_mapping() && std::is_class_v<T>)&&!value.text.empty();
    fields_.push_back({name, info.meaning, info.required, has_default ? emit_flow(value) : "",
                       shape_as<T>(info)});
  }
  std::vector<ShapeField> take() { return std::move(fields_); }

 private:
  std::vector<ShapeField> fields_;
};

template <class T>
Shape mapping_shape() {
  ShapeVisitor visitor;
  T value{};
  describe(visitor, value);
  Shape shape;
  shape.kind = Shape::Kind::kMapping;
  shape.fields = visitor.take();
  return shape;
}

Shape shape_of(TypeTag<model::Distribution>, const model::FieldInfo& info);
Shape shape_of(TypeTag<model::PythonStep>, const model::FieldInfo& info);
Shape shape_of(TypeTag<model::NativeStep>, const model::FieldInfo& info);
Shape shape_of(TypeTag<model::WaitStep>, const model::FieldInfo& info);
Shape shape_of(TypeTag<model::Step>, const model::FieldInfo& info);
Shape shape_of(TypeTag<model::Cost>, const model::FieldInfo& info);
Shape shape_of(TypeTag<model::Estimate>, const model::FieldInfo& info);
Shape shape_of(TypeTag<model::Empirical>, const model::FieldInfo& info);
Shape shape_of(TypeTag<model::Recorded>, const model::FieldInfo& info);

template <class T>
Shape shape_of(TypeTag<std::optional<T>>, const model::FieldInfo& info) {
  return shape_as<T>(info);
}
template <class T>
Shape shape_of(TypeTag<std::vector<T>>, const model::FieldInfo& info) {
  Shape list = wrapped_shape(Shape::Kind::kList, shape_as<T>(info));
  list.distinct = Scalar<T>;
  return list;
}
template <class T>
Shape shape_of(TypeTag<model::OneOrMany<T>>, const model::FieldInfo& info) {
  return wrapped_shape(Shape::Kind::kOneOrMany, shape_as<T>(info));
}
template <class T>
Shape shape_of(TypeTag<std::vector<std::pair<std::string, T>>>, const model::FieldInfo& info) {
  return wrapped_shape(Shape::Kind::kNamed, shape_as<T>(info));
}
template <class T>
Shape shape_of(TypeTag<T>, const model::FieldInfo& info) {
  if constexpr (std::is_same_v<T, bool>) {
    return simple_shape(Shape::Kind::kBoolean, info);
  } else if constexpr (std::is_integral_v<T>) {
    return simple_shape(Shape::Kind::kInteger, info);
  } else if constexpr (std::is_floating_point_v<T>) {
    return simple_shape(Shape::Kind::kReal, info);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return simple_shape(Shape::Kind::kText, info);
  } else if constexpr (std::is_same_v<T, sim::Duration>) {
    return simple_shape(Shape::Kind::kDuration, info);
  } else if constexpr (std::is_same_v<T, model::ByteCount>) {
    return simple_shape(Shape::Kind::kBytes, info);
  } else if constexpr (std::is_enum_v<T>) {
    Shape shape = simple_shape(Shape::Kind::kChoice, info);
    for (const auto& [value, name] : model::EnumNames<T>::values) shape.choices.push_back(name);
    return shape;
  } else {
    return mapping_shape<T>();
  }
}

template <class T>
Shape shape_as(const model::FieldInfo& info) {
  return shape_of(TypeTag<T>(), info);
}

}  // namespace gilsim::scenario
