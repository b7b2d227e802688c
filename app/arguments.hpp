// The command line of one command: strict, nothing guessed, nothing silently ignored.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gilsim::app {

struct OptionSpec {
  std::string name;
  char letter = 0;      // 0: none
  std::string value;    // placeholder in the help; empty: a flag
  std::string meaning;  // one line
  bool repeatable = false;
};

class Arguments {
 public:
  // Throws UsageError: an unknown option (with a suggestion), one given twice, a missing value.
  static Arguments parse(const std::vector<std::string>& words,
                         const std::vector<OptionSpec>& options);

  bool has(const std::string& name) const { return values_.count(name) != 0; }
  std::optional<std::string> value(const std::string& name) const;
  std::vector<std::string> all(const std::string& name) const;
  // The same with further values of an option.
  Arguments with(const std::string& name, const std::vector<std::string>& values) const;
  // The same with these values of an option in place of its own; none: without the option.
  Arguments instead(const std::string& name, const std::vector<std::string>& values) const;
  const std::vector<std::string>& operands() const { return operands_; }

  // A decimal number without a sign, within the bounds; throws UsageError otherwise.
  std::uint64_t number(const std::string& name, std::uint64_t fallback, std::uint64_t min,
                       std::uint64_t max) const;

 private:
  std::map<std::string, std::vector<std::string>> values_;
  std::vector<std::string> operands_;
};

}  // namespace gilsim::app
