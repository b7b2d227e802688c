#include "scenario/shape.hpp"

#include <algorithm>
#include <utility>

namespace gilsim::scenario {
namespace {

Shape one_of(std::string name, std::vector<Shape> parts) {
  Shape shape;
  shape.kind = Shape::Kind::kOneOf;
  shape.name = std::move(name);
  shape.parts = std::move(parts);
  return shape;
}

template <class T>
Shape spread_shape(const char* name, Shape::Kind kind, const model::FieldInfo& info) {
  Shape mapping = mapping_shape<T>();
  for (ShapeField& field : mapping.fields) {
    if (field.name != "samples") field.shape = simple_shape(kind, info);
  }
  return one_of(name, {simple_shape(kind, info), std::move(mapping)});
}

template <class T>
Shape step_shape() {
  return one_of("", {shape_as<model::Distribution>({}), mapping_shape<T>()});
}

template <class Alternatives>
void add_alternatives(const Alternatives& alternatives, std::vector<Shape>& parts) {
  for_each_alternative(alternatives, [&](const auto& alternative) {
    using Type = typename std::decay_t<decltype(alternative)>::Type;
    parts.push_back(alternative_shape(alternative.name, alternative.meaning, shape_as<Type>({})));
  });
}

}  // namespace

Shape simple_shape(Shape::Kind kind, const model::FieldInfo& info) {
  Shape shape;
  shape.kind = kind;
  shape.min = info.min;
  shape.max = info.max;
  return shape;
}

Shape wrapped_shape(Shape::Kind kind, Shape part) {
  Shape shape;
  shape.kind = kind;
  shape.parts.push_back(std::move(part));
  return shape;
}

Shape alternative_shape(const std::string& name, const std::string& meaning, Shape value) {
  Shape shape;
  shape.kind = Shape::Kind::kMapping;
  shape.fields.push_back({name, meaning, true, "", std::move(value)});
  return shape;
}

Shape shape_of(TypeTag<model::Distribution>, const model::FieldInfo&) {
  std::vector<Shape> parts{simple_shape(Shape::Kind::kDuration, {.min = 0})};
  add_alternatives(kDistributions, parts);
  return one_of("distribution", std::move(parts));
}

Shape shape_of(TypeTag<model::PythonStep>, const model::FieldInfo&) {
  Shape fields = mapping_shape<model::PythonStep>();
  std::vector<Shape> parts{shape_as<model::Distribution>({})};
  for (const ShapeField& field : fields.fields) {
    if (field.name == "shares") continue;
    parts.push_back(alternative_shape(field.name, field.meaning, field.shape));
  }
  fields.fields.erase(std::remove_if(fields.fields.begin(), fields.fields.end(),
                                     [](const ShapeField& f) { return f.name == "loops"; }),
                      fields.fields.end());
  for (ShapeField& field : fields.fields) field.required = true;
  parts.push_back(std::move(fields));
  return one_of("", std::move(parts));
}

Shape shape_of(TypeTag<model::NativeStep>, const model::FieldInfo&) {
  return step_shape<model::NativeStep>();
}

Shape shape_of(TypeTag<model::WaitStep>, const model::FieldInfo&) {
  return step_shape<model::WaitStep>();
}

Shape shape_of(TypeTag<model::Step>, const model::FieldInfo&) {
  std::vector<Shape> parts;
  add_alternatives(kSteps, parts);
  return one_of("step", std::move(parts));
}

Shape shape_of(TypeTag<model::Cost>, const model::FieldInfo& info) {
  return spread_shape<model::Cost>("cost", Shape::Kind::kDuration, info);
}

Shape shape_of(TypeTag<model::Estimate>, const model::FieldInfo& info) {
  Shape shape = spread_shape<model::Estimate>("estimate", Shape::Kind::kReal, info);
  shape.inlined = true;
  return shape;
}

Shape shape_of(TypeTag<model::Empirical>, const model::FieldInfo&) {
  return wrapped_shape(Shape::Kind::kList, simple_shape(Shape::Kind::kDuration, {.min = 0}));
}

Shape shape_of(TypeTag<model::Recorded>, const model::FieldInfo&) {
  return wrapped_shape(Shape::Kind::kList, simple_shape(Shape::Kind::kDuration, {.min = 0}));
}

}  // namespace gilsim::scenario
