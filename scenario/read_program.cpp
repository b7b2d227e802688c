// Costs, estimates, distributions and steps: what has a short form beside its declared one.
#include "scenario/duration.hpp"
#include "scenario/read_value.hpp"

namespace gilsim::scenario {
namespace {

template <class T>
void check_order(const Node& node, const T& value, const ReadContext& context) {
  if (value.low <= value.median && value.median <= value.high) return;
  context.problems.add(node.owner, "'" + context.name + "' needs low <= median <= high",
                       "they are the 5 %, 50 % and 95 % quantiles");
}

// low, median and high within the bounds of the field they are the value of.
template <class T>
void check_parts(const Node& node, T value, const ReadContext& context) {
  for (const char* part : {"median", "low", "high"}) {
    const ReadContext part_context{part, context.info, context.problems};
    if (const Node* found = node.find(part)) read_value(*found, value, part_context);
  }
}

template <class T, class Part>
void read_spread(const Node& node, T& value, Part part, const ReadContext& context) {
  const std::size_t before = context.problems.count();
  if (!node.is_mapping()) {
    read_value(node, part, context);
    if (context.problems.count() == before) value = T::exactly(part);
    return;
  }
  read_fields(node, value, context);
  if (context.problems.count() == before) check_parts(node, part, context);
  if (context.problems.count() == before) check_order(node, value, context);
}

template <class Alternatives>
std::vector<std::string> names_of(const Alternatives& alternatives) {
  std::vector<std::string> names;
  for_each_alternative(alternatives,
                       [&](const auto& alternative) { names.push_back(alternative.name); });
  return names;
}

bool names_a_distribution(const std::string& key) {
  const std::vector<std::string> names = names_of(kDistributions);
  return std::find(names.begin(), names.end(), key) != names.end();
}

// A mapping with one key, which says what its value is; true if it was one of the alternatives.
template <class Alternatives, class Variant>
void read_alternative(const Node& node, const Alternatives& alternatives, Variant& value,
                      const std::string& what, const ReadContext& context) {
  const std::vector<std::string> names = names_of(alternatives);
  if (node.entries.empty()) {
    return context.problems.add(node.mark, "an empty mapping where " + what + " is needed",
                                "one of: " + join(names));
  }
  for (std::size_t i = 0; i < node.entries.size(); ++i) {
    const Entry& entry = node.entries[i];
    bool found = false;
    for_each_alternative(alternatives, [&](const auto& alternative) {
      if (entry.key != alternative.name) return;
      found = true;
      typename std::decay_t<decltype(alternative)>::Type read{};
      read_value(entry.value, read, ReadContext{entry.key, {}, context.problems});
      value = read;
    });
    if (!found) {
      report_unknown_key(entry, node, names, context);
    } else if (i > 0) {
      context.problems.add(entry.mark, what + " has one key, '" + entry.key + "' is a further one",
                           "make it an item of its own, or remove it");
    }
  }
}

// A step is just its time, or the mapping of its declared keys.
template <class StepType>
void read_step(const Node& node, StepType& value, const ReadContext& context) {
  const bool is_short = !node.is_mapping() || std::all_of(node.entries.begin(), node.entries.end(),
                                                          [](const Entry& entry) {
                                                            return names_a_distribution(entry.key);
                                                          });
  if (is_short) return read_value(node, value.time, context);
  for (const Entry& entry : node.entries) {
    if (names_a_distribution(entry.key)) {
      return context.problems.add(entry.mark,
                                  "beside other keys, '" + entry.key + "' belongs under 'time'",
                                  "write time: {" + entry.key + ": ...}");
    }
  }
  read_fields(node, value, context, names_of(kDistributions));
}

void read_samples(const Node& node, std::vector<sim::Duration>& samples,
                  const ReadContext& context) {
  if (!check_list(node, context)) return;
  samples.clear();
  for (const Node& item : node.items) {
    sim::Duration sample;
    read_value(item, sample, context);
    samples.push_back(sample);
  }
}

}  // namespace

void check_value(const Node& node, const model::Uniform& value, const ReadContext& context) {
  if (value.min <= value.max) return;
  context.problems.add(node.owner, "'uniform' needs min <= max, not " + format_duration(value.min) +
                                       " and " + format_duration(value.max));
}

void read_value(const Node& node, model::Cost& value, const ReadContext& context) {
  read_spread(node, value, sim::Duration(), context);
}

void read_value(const Node& node, model::Estimate& value, const ReadContext& context) {
  read_spread(node, value, 0.0, context);
}

void read_value(const Node& node, model::Empirical& value, const ReadContext& context) {
  read_samples(node, value.samples, context);
}

void read_value(const Node& node, model::Recorded& value, const ReadContext& context) {
  read_samples(node, value.samples, context);
}

void read_value(const Node& node, model::Distribution& value, const ReadContext& context) {
  if (node.is_mapping()) {
    return read_alternative(node, kDistributions, value, "a distribution", context);
  }
  if (!node.is_scalar()) return report_kind(node, "a duration or a distribution", context);
  model::Constant constant;
  read_value(node, constant.value, context);
  value = constant;
}

void read_value(const Node& node, model::PythonStep& value, const ReadContext& context) {
  const std::size_t before = context.problems.count();
  read_step(node, value, context);
  if (!node.is_mapping() || context.problems.count() != before) return;
  if (const Entry* loops = node.find_entry("loops"); loops != nullptr && node.find("time")) {
    context.problems.add(loops->mark, "'python' takes a time or a number of loops, not both",
                         "remove one of them");
  }
  const Entry* const shares = node.find_entry("shares");
  if (shares != nullptr && !node.find("time")) {
    context.problems.add(shares->mark, "'shares' needs a 'time'", "write time: 1ms beside it");
  } else if (shares != nullptr && value.shares.empty()) {
    context.problems.add(shares->value.mark, "'shares' is empty", "give the object a name");
  }
}

void read_value(const Node& node, model::NativeStep& value, const ReadContext& context) {
  read_step(node, value, context);
}

void read_value(const Node& node, model::WaitStep& value, const ReadContext& context) {
  read_step(node, value, context);
}

void read_value(const Node& node, model::Step& value, const ReadContext& context) {
  if (node.is_mapping()) return read_alternative(node, kSteps, value, "a step", context);
  report_kind(node, "a step: " + join(names_of(kSteps), ", ") + " and its time", context);
}

}  // namespace gilsim::scenario
