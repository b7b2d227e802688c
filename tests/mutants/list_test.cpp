// The list of mutants fits the sources: what it replaces stands there, once. Who changes such a
// line changes the list, too. Whether the tests notice each mutant: tests/mutants/run.sh.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace gilsim {
namespace {

const std::string kSource = GILSIM_SOURCE_DIR "/";

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(kSource + path).rdbuf();
  return text.str();
}

std::vector<std::string> fields_of(const std::string& line) {
  static const std::string separator = " ||| ";
  std::vector<std::string> fields;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + separator.size()) {
    end = line.find(separator, begin);
    fields.push_back(line.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return fields;
}

std::vector<std::vector<std::string>> mutants() {
  std::vector<std::vector<std::string>> result;
  std::istringstream list(text_of("tests/mutants/mutants.txt"));
  for (std::string line; std::getline(list, line);) {
    if (!line.empty() && line[0] != '#') result.push_back(fields_of(line));
  }
  return result;
}

int count(const std::string& what, const std::string& text) {
  int found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

TEST(Mutants, EachReplacesTextThatStandsInItsFileOnce) {
  for (const auto& mutant : mutants()) {
    ASSERT_GE(mutant.size(), 3u) << mutant[0];
    EXPECT_EQ(count(mutant[1], text_of(mutant[0])), 1)
        << mutant[0] << " has changed; adapt tests/mutants/mutants.txt: " << mutant[1];
    EXPECT_NE(mutant[1], mutant[2]);
  }
}

TEST(Mutants, AreOfTheEngineAndOfTheModels) {
  int engine = 0;
  int models = 0;
  for (const auto& mutant : mutants()) {
    engine += mutant[0].rfind("sim/", 0) == 0 ? 1 : 0;
    models += mutant[0].rfind("models/", 0) == 0 ? 1 : 0;
  }
  EXPECT_GE(engine, 8);
  EXPECT_GE(models, 20);
}

TEST(Mutants, ThereIsOneThatBreaksEachLaw) {
  std::set<std::string> laws;
  for (const auto& mutant : mutants()) {
    if (mutant.size() > 3 && mutant[3].rfind("law: ", 0) == 0) laws.insert(mutant[3]);
  }
  EXPECT_EQ(laws.size(), 8u) << "the laws of models/laws/law_checker.hpp";
}

// "program Shapes/AgainstOracle.PopsInOrder/few" as a test stands in its source:
// "(AgainstOracle, PopsInOrder)".
std::string declaration_of(const std::string& expected) {
  std::string name = expected.substr(expected.find(' ') + 1);
  const auto dot = name.find('.');
  const auto prefix = name.rfind('/', dot);
  std::string suite = name.substr(prefix == std::string::npos ? 0 : prefix + 1);
  suite.erase(suite.find('.'));
  std::string test = name.substr(dot + 1);
  test.erase(std::min(test.find('/'), test.size()));
  return "(" + suite + ", " + test + ")";
}

TEST(Mutants, TheTestThatIsExpectedToNoticeExists) {
  std::string sources;
  for (const auto& file : std::filesystem::recursive_directory_iterator(kSource + "tests")) {
    if (file.path().extension() != ".cpp") continue;
    sources += text_of(std::filesystem::relative(file.path(), kSource).string());
  }
  for (const auto& mutant : mutants()) {
    if (mutant.size() <= 3 || mutant[3].rfind("by: ", 0) != 0) continue;
    const std::string declaration = declaration_of(mutant[3].substr(4));
    EXPECT_NE(sources.find(declaration), std::string::npos) << mutant[3] << ": " << declaration;
  }
}

}  // namespace
}  // namespace gilsim
