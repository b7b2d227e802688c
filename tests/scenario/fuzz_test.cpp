// Damaged files: whatever stands in them, they are read or refused with a place and a message.
#include <gtest/gtest.h>

#include "gallery.hpp"
#include "sample_profile.hpp"
#include "scenario/read.hpp"
#include "sim/random.hpp"

namespace gilsim::scenario {
namespace {

constexpr int kCasesPerText = 1500;

class Mutator {
 public:
  explicit Mutator(std::string_view name) : random_(20261123, 0, name) {}

  std::string mutate(std::string text) {
    const std::size_t edits = 1 + below(4);
    for (std::size_t i = 0; i < edits; ++i) edit(text);
    return text;
  }

 private:
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_.bits() % count); }

  void edit(std::string& text) {
    static constexpr std::string_view special = ":-{}[],#&*!|>'\"%@`\t\n\r 019.eE_~<?=\\";
    const std::size_t position = below(text.size() + 1);
    const std::size_t kind = below(5);
    const std::size_t length = std::min(below(12), text.size() - position);
    if (kind == 0) {
      text.insert(position, 1, special[below(special.size())]);
    } else if (kind == 1) {
      text.insert(position, 1, static_cast<char>(below(256)));
    } else if (kind == 2) {
      text.erase(position, length);
    } else if (kind == 3) {
      text.insert(below(text.size() + 1), text.substr(position, length));
    } else if (position < text.size()) {
      text[position] = special[below(special.size())];
    }
  }

  sim::RandomStream random_;
};

// True if it was read. Anything but a ScenarioError with places goes up and fails the test.
template <class Read>
bool reads(const std::string& text, Read read) {
  try {
    read(text);
    return true;
  } catch (const ScenarioError& error) {
    EXPECT_FALSE(error.diagnostics().empty()) << text;
    for (const Diagnostic& diagnostic : error.diagnostics()) {
      EXPECT_FALSE(diagnostic.message.empty()) << text;
      EXPECT_EQ(diagnostic.line == 0, diagnostic.column == 0) << text;
    }
    return false;
  }
}

TEST(Fuzz, DamagedScenarioIsReadOrRefusedAndWhatIsReadPrintsBackEqual) {
  int read_count = 0;
  int case_count = 0;
  for (const std::string& path : gallery_paths()) {
    const std::string text = text_of(path);
    Mutator mutator(path.substr(source_path("").size()));
    for (int i = 0; i < kCasesPerText; ++i, ++case_count) {
      read_count += reads(mutator.mutate(text), [](const std::string& damaged) {
        const std::string printed = print_config(read_scenario_text(damaged, "fuzz.yaml"));
        EXPECT_EQ(print_config(read_scenario_text(printed, "printed.yaml")), printed) << damaged;
      });
    }
  }
  EXPECT_GT(read_count, case_count / 20);
  EXPECT_LT(read_count, case_count * 19 / 20);
}

TEST(Fuzz, DamagedHostProfileIsReadOrRefused) {
  Mutator mutator("profile");
  int read_count = 0;
  for (int i = 0; i < kCasesPerText; ++i) {
    read_count += reads(mutator.mutate(kSampleProfile), [](const std::string& damaged) {
      read_host_profile_text(damaged, "fuzz.yaml");
    });
  }
  EXPECT_GT(read_count, 0);
  EXPECT_LT(read_count, kCasesPerText);
}

TEST(Fuzz, DamagedOverrideIsReadOrRefused) {
  Mutator mutator("override");
  const std::string text = text_of(source_path("configs/talk/pages.yaml"));
  int read_count = 0;
  for (int i = 0; i < kCasesPerText; ++i) {
    read_count += reads(
        mutator.mutate("workload.task[1].wait.time={uniform: {min: 1ms, max: 9ms}}"),
        [&](const std::string& damaged) { read_scenario_text(text, "fuzz.yaml", {damaged}); });
  }
  EXPECT_GT(read_count, 0);
  EXPECT_LT(read_count, kCasesPerText);
}

}  // namespace
}  // namespace gilsim::scenario
