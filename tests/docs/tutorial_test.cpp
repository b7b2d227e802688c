// Every command of docs/tutorial.md is run; what it prints and draws is what the page shows. Its
// Python programs run, too. GILSIM_REGENERATE_TUTORIAL=1 writes the page and its pictures anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "host/interpreters.hpp"
#include "host/subprocess.hpp"
#include "tests/app/support.hpp"
#include "tests/docs/tutorial_page.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;

using test::Block;
using test::Page;

const fs::path kSource = GILSIM_SOURCE_DIR;

// As a shell splits it: blanks, and single quotes.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words;
  std::string word;
  bool is_quoted = false, is_word = false;
  for (const char c : command) {
    if (c == '\'') {
      is_quoted = !is_quoted;
      is_word = true;
    } else if (c == ' ' && !is_quoted) {
      if (is_word) words.push_back(word);
      word.clear();
      is_word = false;
    } else {
      word += c;
      is_word = true;
    }
  }
  if (is_word) words.push_back(word);
  return words;
}

// A folder with the scenarios in it, in which commands run as at the root of the repository.
class Workplace {
 public:
  Workplace() : before_(fs::current_path()) {
    fs::copy(kSource / "configs", folder_.path("configs"), fs::copy_options::recursive);
    fs::current_path(folder_.path());
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() { fs::current_path(before_); }

 private:
  test::TemporaryFolder folder_;
  fs::path before_;
};

// The block as it is when its commands are run.
std::string run_console(const std::string& block) {
  std::istringstream lines(block);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("$ gilsim ", 0) != 0) continue;
    const test::Ran result = test::ran(words_of(line.substr(9)));
    EXPECT_EQ(result.code, 0) << line << "\n" << result.err;
    text += line + "\n" + result.out;
  }
  return text;
}

// SVGs of gnuplot versions differ; of the same version they are the same to the byte.
std::string gnuplot_version(const std::string& svg) {
  const std::size_t at = svg.find("Produced by GNUPLOT");
  return at == std::string::npos ? "" : svg.substr(at, svg.find('\n', at) - at);
}

std::vector<std::string> pictures_of(const Page& page) {
  std::vector<std::string> names;
  for (const std::string& prose : page.between) {
    for (std::size_t at = 0; (at = prose.find("](tutorial/", at)) != std::string::npos; ++at) {
      names.push_back("docs/" + prose.substr(at + 2, prose.find(')', at) - at - 2));
    }
  }
  return names;
}

class Tutorial : public testing::Test {
 protected:
  const fs::path path_ = kSource / "docs/tutorial.md";
  const bool regenerate_ = std::getenv("GILSIM_REGENERATE_TUTORIAL") != nullptr;
  Page page_ = Page::read(path_.string());
};

TEST_F(Tutorial, EveryCommandPrintsAndDrawsWhatThePageShows) {
  const test::Environment columns("COLUMNS", "100");
  const Workplace workplace;
  Page anew = page_;
  for (Block& block : anew.blocks) {
    if (block.language == "console") block.text = run_console(block.text);
  }
  if (regenerate_) std::ofstream(path_) << anew.text();
  for (std::size_t i = 0; i < page_.blocks.size() && !regenerate_; ++i) {
    EXPECT_EQ(page_.blocks[i].text, anew.blocks[i].text);
  }
  for (const std::string& name : pictures_of(page_)) {
    ASSERT_TRUE(fs::exists(name)) << "no command draws " << name;
    const std::string drawn = test::read_text(name);
    if (regenerate_) {
      fs::create_directories((kSource / name).parent_path());
      std::ofstream(kSource / name, std::ios::binary) << drawn;
      continue;
    }
    const std::string shown = test::read_text((kSource / name).string());
    if (gnuplot_version(shown) == gnuplot_version(drawn)) {
      EXPECT_TRUE(shown == drawn) << name << " is not what the commands draw";
    }
  }
}

TEST_F(Tutorial, EveryChapterHasItsPicture) {
  std::istringstream lines(page_.text());
  std::string chapter;
  int pictures = 1;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("## ", 0) == 0) {
      EXPECT_GT(pictures, 0) << chapter;
      chapter = line;
      pictures = 0;
    }
    pictures += line.rfind("![", 0) == 0;
  }
  EXPECT_GT(pictures, 0) << chapter;
  EXPECT_EQ(chapter, "## 7. Beyond");
}

TEST_F(Tutorial, EveryPythonProgramRuns) {
  const auto found = host::find_interpreters();
  ASSERT_FALSE(found.empty()) << "the programs need a python3";
  const test::TemporaryFolder folder;
  for (const Block& block : page_.blocks) {
    if (block.language != "python") continue;
    std::string program = block.text;  // a thousandth of the work
    for (std::size_t at = 0; (at = program.find("_000_000", at)) != std::string::npos;) {
      program.replace(at, 8, "_000");
    }
    host::SubprocessOptions options;
    options.timeout = sim::Duration::seconds(60);
    const auto result =
        host::run_subprocess({found.front().path, folder.write("program.py", program)}, options);
    EXPECT_EQ(result.exit_code, 0) << program << result.error;
  }
}

}  // namespace
}  // namespace gilsim::app
