#include "gallery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "scenario/read.hpp"

namespace gilsim::scenario {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Gallery, HasTheTalksExamplesAndTheConvoy) {
  for (const char* name :
       {"talk/countdown.yaml", "talk/pages.yaml", "talk/thumbnails.yaml", "configs/convoy.yaml"}) {
    EXPECT_THAT(gallery_paths(), Contains(EndsWith(name)));
  }
}

TEST(Gallery, EveryFileReadsAndPrintsWhatReadsBackEqual) {
  for (const std::string& path : gallery_paths()) {
    const std::string printed = print_config(read_scenario(path));
    EXPECT_EQ(print_config(read_scenario_text(printed, "printed.yaml")), printed) << path;
  }
}

TEST(Gallery, EveryFileNamesTheSchemaAndACommandToTry) {
  for (const std::string& path : gallery_paths()) {
    const std::string text = text_of(path);
    const std::string below = path.substr(source_path("configs/").size());
    std::string up;
    for (const char c : below) up += c == '/' ? "../" : "";
    EXPECT_THAT(text,
                StartsWith("# yaml-language-server: $schema=" + up + "scenario.schema.json\n"));
    EXPECT_THAT(text, HasSubstr("gilsim run " + path.substr(source_path("").size())));
  }
}

TEST(Gallery, EveryHostProfileReadsAndPrintsWhatReadsBackEqual) {
  const std::string hosts = source_path("configs/hosts");
  if (!std::filesystem::exists(hosts)) GTEST_SKIP() << "no host profile is checked in";
  for (const auto& entry : std::filesystem::directory_iterator(hosts)) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string printed = print_host_profile(read_host_profile(entry.path().string()));
    EXPECT_EQ(print_host_profile(read_host_profile_text(printed, "printed.yaml")), printed);
  }
}

TEST(Schema, CheckedInFilesAreTheGeneratedOnes) {
  EXPECT_EQ(text_of(source_path("configs/scenario.schema.json")), scenario_schema())
      << "regenerate: gilsim schema scenario -o configs/scenario.schema.json";
  EXPECT_EQ(text_of(source_path("configs/host.schema.json")), host_profile_schema())
      << "regenerate: gilsim schema host -o configs/host.schema.json";
  EXPECT_EQ(text_of(source_path("docs/scenario.md")), reference_page())
      << "regenerate: gilsim schema reference > docs/scenario.md";
}

TEST(Reference, HasRowsForNestedKeysWithBoundsAndDefaults) {
  const std::string page = reference_page();
  for (const char* row :
       {"| `workload.tasks` | whole number | at least 1, at most 1e+07 | required |",
        "| `interpreter.switch_interval` | duration, or a list | at least 1us, at "
        "most 100s |",
        "| `threads.NAME.program` | list of step |", "| `expect.NAME.NAME.min` | number |",
        "| `interpreters[].pools.fork.worker_ready` | cost |",
        "| `wait.via` | sleep \\| socket \\| pipe \\| file \\| udp |"}) {
    EXPECT_THAT(page, HasSubstr(row));
  }
}

}  // namespace
}  // namespace gilsim::scenario
