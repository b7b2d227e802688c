#include "app/arguments.hpp"

#include <boost/program_options.hpp>
#include <charconv>

#include "app/errors.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

constexpr const char* kOperands = "operands";

po::options_description described(const std::vector<OptionSpec>& options) {
  po::options_description description;
  for (const OptionSpec& option : options) {
    const std::string names =
        option.letter ? option.name + "," + std::string(1, option.letter) : option.name;
    if (option.value.empty()) {
      description.add_options()(names.c_str(), "");
    } else {
      description.add_options()(names.c_str(), po::value<Words>(), "");
    }
  }
  description.add_options()(kOperands, po::value<Words>(), "");
  return description;
}

std::string plain_name(const std::string& typed) {
  const std::size_t start = typed.find_first_not_of('-');
  if (start == std::string::npos) return typed;
  return typed.substr(start, typed.find('=') - start);
}

std::string suggested(const std::string& typed, const std::vector<OptionSpec>& options) {
  Words names;
  for (const OptionSpec& option : options) {
    names.push_back("--" + option.name);
    if (typed.size() > 3 && names.back().compare(0, typed.size(), typed) == 0) return names.back();
  }
  return scenario::nearest(typed, names);
}

[[noreturn]] void throw_unknown(const std::string& typed, const std::vector<OptionSpec>& options) {
  const std::string best = suggested("--" + plain_name(typed), options);
  throw UsageError("unknown option '" + typed.substr(0, typed.find('=')) + "'",
                   best.empty() ? "" : "did you mean '" + best + "'?");
}

std::vector<po::option> parsed_options(const Words& words, const po::options_description& known,
                                       const std::vector<OptionSpec>& options) {
  po::positional_options_description operands;
  operands.add(kOperands, -1);
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  try {
    return po::command_line_parser(words)
        .options(known)
        .positional(operands)
        .style(style)
        .run()
        .options;
  } catch (const po::unknown_option& error) {
    throw_unknown(error.get_option_name(), options);
  } catch (const po::invalid_command_line_syntax& error) {
    const std::string name = "'--" + plain_name(error.get_option_name()) + "'";
    if (error.kind() == po::invalid_command_line_syntax::extra_parameter) {
      throw UsageError("option " + name + " takes no value");
    }
    throw UsageError("option " + name + " needs a value");
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

Arguments Arguments::parse(const Words& words, const std::vector<OptionSpec>& options) {
  Arguments arguments;
  const po::options_description known = described(options);
  for (const po::option& option : parsed_options(words, known, options)) {
    if (option.position_key >= 0) {
      arguments.operands_.insert(arguments.operands_.end(), option.value.begin(),
                                 option.value.end());
      continue;
    }
    const std::string name = plain_name(option.string_key);
    if (name == kOperands) throw_unknown("--" + name, options);
    std::vector<std::string>& values = arguments.values_[name];
    values.insert(values.end(), option.value.begin(), option.value.end());
    for (const OptionSpec& spec : options) {
      if (spec.name != name || spec.value.empty()) continue;
      if (values.size() > 1 && !spec.repeatable) {
        throw UsageError("option '--" + name + "' is given twice: " + values[0] + " and " +
                         values[1]);
      }
    }
  }
  return arguments;
}

std::optional<std::string> Arguments::value(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Arguments::all(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

Arguments Arguments::with(const std::string& name, const std::vector<std::string>& values) const {
  Arguments more = *this;
  std::vector<std::string>& all = more.values_[name];
  all.insert(all.end(), values.begin(), values.end());
  return more;
}

Arguments Arguments::instead(const std::string& name,
                             const std::vector<std::string>& values) const {
  Arguments other = *this;
  other.values_.erase(name);
  return values.empty() ? other : other.with(name, values);
}

std::uint64_t Arguments::number(const std::string& name, std::uint64_t fallback, std::uint64_t min,
                                std::uint64_t max) const {
  const std::optional<std::string> text = value(name);
  if (!text) return fallback;
  std::uint64_t result = 0;
  const char* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, result);
  if (error != std::errc() || rest != end || result < min || result > max) {
    throw UsageError("--" + name + " '" + *text + "' is not a whole number from " +
                     std::to_string(min) + " to " + std::to_string(max));
  }
  return result;
}

}  // namespace gilsim::app
