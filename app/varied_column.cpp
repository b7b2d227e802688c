#include "app/varied_column.hpp"

#include <algorithm>

#include "scenario/duration.hpp"
#include "scenario/number.hpp"

namespace gilsim::app {
namespace {

using Kind = VariedColumn::Kind;

Kind kind_of(const std::string& text) {
  std::int64_t whole = 0;
  double real = 0;
  sim::Duration duration;
  if (!scenario::parse_integer(text, whole)) return Kind::kWhole;
  if (!scenario::parse_real(text, real)) return Kind::kReal;
  if (!scenario::read_duration(text, duration)) return Kind::kDuration;
  return Kind::kText;
}

Kind common_kind(Kind a, Kind b) {
  if (a == b) return a;
  return std::max(a, b) == Kind::kReal ? Kind::kReal : Kind::kText;
}

}  // namespace

Json VariedColumn::value(const std::string& text) const {
  std::int64_t whole = 0;
  double real = 0;
  sim::Duration duration;
  if (kind == Kind::kWhole && !scenario::parse_integer(text, whole)) return whole;
  if (kind == Kind::kReal && !scenario::parse_real(text, real)) return real;
  if (kind == Kind::kDuration && !scenario::read_duration(text, duration)) return duration.count();
  return text;
}

VariedColumn column_of(const scenario::VariedKey& key) {
  VariedColumn column{key.path.text, key.path.text, Kind::kText};
  if (key.path.segments.back().key == "version") return column;  // 3.10 is not 3.1
  column.kind = kind_of(key.texts.front());
  for (const std::string& text : key.texts) column.kind = common_kind(column.kind, kind_of(text));
  if (column.kind == Kind::kDuration) column.name += "_ns";
  return column;
}

}  // namespace gilsim::app
