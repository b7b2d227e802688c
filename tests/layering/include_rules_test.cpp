#include "include_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <ostream>
#include <set>
#include <stdexcept>

namespace gilsim::layering {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class Tree : public testing::Test {
 protected:
  Tree() {
    std::string name = (fs::temp_directory_path() / "layering-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    root_ = name;
  }
  ~Tree() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  std::vector<std::string> violations() const { return violations_in(root_); }

 private:
  fs::path root_;
};

TEST(Sources, OfThisProjectFollowTheLayering) {
  EXPECT_THAT(violations_in(GILSIM_SOURCE_DIR), IsEmpty());
}

TEST(Sources, OfEveryFolderAreRead) {
  std::set<std::string> folders;
  for (const fs::path& source : sources_in(GILSIM_SOURCE_DIR)) {
    folders.insert(source.begin()->string());
  }
  EXPECT_THAT(folders, ElementsAre("analysis", "app", "host", "models", "scenario", "sim"));
}

TEST_F(Tree, MayFollowEveryArrowOfTheDesign) {
  write("app/main.cpp",
        "#include <boost/program_options.hpp>\n#include <iostream>\n#include \"analysis/a.hpp\"\n"
        "#include \"host/h.hpp\"\n#include \"models/m.hpp\"\n#include \"scenario/s.hpp\"\n"
        "#include \"sim/s.hpp\"\n#include \"app/a.hpp\"\n#include \"embedded/plots.hpp\"\n"
        "void f() { std::printf(\"\"); }\n");
  write("scenario/s.cpp",
        "#include <yaml-cpp/yaml.h>\n#include \"models/m.hpp\"\n#include \"sim/s.hpp\"\n");
  write("host/h.cpp", "#include <thread>\n#include \"models/m.hpp\"\n#include \"sim/s.hpp\"\n");
  write("analysis/a.cpp", "#include \"sim/s.hpp\"\n");
  write("models/lock/m.hpp", "#include \"sim/s.hpp\"\n#include \"models/os/o.hpp\"\n");
  write("sim/s.hpp", "#include <vector>\n#include \"sim/t.hpp\"\n");
  EXPECT_THAT(violations(), IsEmpty());
}

struct Arrow {
  std::string from;
  std::string to;

  friend void PrintTo(const Arrow& arrow, std::ostream* out) {
    *out << arrow.from << " -> " << arrow.to;
  }
};

class ForbiddenArrow : public Tree, public testing::WithParamInterface<Arrow> {};

TEST_P(ForbiddenArrow, IsNamedWithFileAndLine) {
  const auto& [from, to] = GetParam();
  write(from + "/deep/x.hpp", "#pragma once\n\n#include \"" + to + "/y.hpp\"\n");
  EXPECT_THAT(violations(), ElementsAre(from + "/deep/x.hpp:3: forbidden arrow " + from + " -> " +
                                        to + " (" + to + "/y.hpp)"));
}

INSTANTIATE_TEST_SUITE_P(
    All, ForbiddenArrow,
    testing::Values(Arrow{"sim", "models"}, Arrow{"sim", "analysis"}, Arrow{"sim", "scenario"},
                    Arrow{"sim", "host"}, Arrow{"sim", "app"}, Arrow{"models", "scenario"},
                    Arrow{"models", "host"}, Arrow{"models", "analysis"}, Arrow{"models", "app"},
                    Arrow{"analysis", "models"}, Arrow{"analysis", "scenario"},
                    Arrow{"analysis", "host"}, Arrow{"analysis", "app"}, Arrow{"host", "scenario"},
                    Arrow{"host", "analysis"}, Arrow{"host", "app"}, Arrow{"scenario", "host"},
                    Arrow{"scenario", "analysis"}, Arrow{"scenario", "app"}),
    [](const auto& arrow) { return arrow.param.from + "_to_" + arrow.param.to; });

TEST_F(Tree, IsReadThroughAngleBracketsAndSpacesToo) {
  write("sim/x.cpp", "  #  include <models/step.hpp>\n");
  EXPECT_THAT(violations(), ElementsAre("sim/x.cpp:1: forbidden arrow sim -> models "
                                        "(models/step.hpp)"));
}

TEST_F(Tree, NamesIncludesFromTheRootOnly) {
  write("models/x.cpp", "#include \"../sim/time.hpp\"\n#include \"step.hpp\"\n");
  EXPECT_THAT(violations(),
              ElementsAre("models/x.cpp:1: include \"../sim/time.hpp\" doesn't start with a folder "
                          "of the project",
                          "models/x.cpp:2: include \"step.hpp\" doesn't start with a folder of the "
                          "project"));
}

TEST_F(Tree, KeepsYamlInScenario) {
  write("models/x.cpp", "#include <yaml-cpp/yaml.h>\n");
  write("host/x.cpp", "#include \"yaml-cpp/yaml.h\"\n");
  EXPECT_THAT(violations(), ElementsAre("host/x.cpp:1: yaml-cpp is for scenario/ only",
                                        "models/x.cpp:1: yaml-cpp is for scenario/ only"));
}

TEST_F(Tree, KeepsProgramOptionsInApp) {
  write("scenario/x.cpp", "#include <boost/program_options/variables_map.hpp>\n");
  EXPECT_THAT(violations(),
              ElementsAre("scenario/x.cpp:1: Boost.Program_options is for app/ only"));
}

TEST_F(Tree, KeepsPrintingInApp) {
  write("host/x.cpp",
        "#include <iostream>\nstd::cerr << 1;\nstd::printf(\"\");\nfprintf(stderr, \"\");\n"
        "std::snprintf(text, 5, \"\");\n// printf(\"in a comment\")\n");
  EXPECT_THAT(violations(), ElementsAre("host/x.cpp:1: printing is for app/ only",
                                        "host/x.cpp:2: printing is for app/ only",
                                        "host/x.cpp:3: printing is for app/ only",
                                        "host/x.cpp:4: printing is for app/ only"));
}

TEST_F(Tree, KeepsThreadsOutOfSim) {
  write("sim/x.hpp", "#include <thread>\n#include <atomic>\n");
  write("host/x.hpp", "#include <thread>\n");
  EXPECT_THAT(violations(), ElementsAre("sim/x.hpp:1: sim/ is free of threads",
                                        "sim/x.hpp:2: sim/ is free of threads"));
}

TEST_F(Tree, ReadsNothingButSourcesOfItsFolders) {
  write("sim/notes.md", "#include \"app/x.hpp\"\n");
  write("tests/sim/x.cpp", "#include \"app/x.hpp\"\n");
  EXPECT_THAT(violations(), IsEmpty());
}

}  // namespace
}  // namespace gilsim::layering
