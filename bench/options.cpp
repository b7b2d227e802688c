#include "bench/options.hpp"

#include <charconv>

namespace gilsim::bench {
namespace {

std::int64_t positive(const std::string& option, const std::string& text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end || value < 1) {
    throw UsageError(option + " needs a whole number of at least 1, not '" + text + "'");
  }
  return value;
}

}  // namespace

Options parse_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& option = arguments[i];
    const auto value = [&]() -> const std::string& {
      if (i + 1 == arguments.size()) throw UsageError(option + " needs a value");
      return arguments[++i];
    };
    if (option == "--help" || option == "-h") {
      options.help = true;
    } else if (option == "--quick") {
      options.quick = true;
    } else if (option == "--json") {
      options.json = true;
    } else if (option == "--list") {
      options.list = true;
    } else if (option == "--repetitions") {
      options.repetitions = positive(option, value());
    } else if (option == "--workload") {
      options.workload = value();
    } else if (option == "--size") {
      options.size = positive(option, value());
    } else if (option == "--amount") {
      options.amount = positive(option, value());
    } else {
      throw UsageError("unknown argument '" + option + "'");
    }
  }
  if (options.size && options.workload.empty()) throw UsageError("--size needs --workload");
  if (options.amount && !options.size) throw UsageError("--amount needs --size");
  return options;
}

}  // namespace gilsim::bench
