#include "app/plot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// What a person reads in an SVG, a line each: its titles and texts.
std::string texts_in(const fs::path& path) {
  const std::string svg = text_of(path);
  std::string texts;
  for (const std::string name : {"title", "text"}) {
    const std::string start = "<" + name + ">", end = "</" + name + ">";
    for (std::size_t at = svg.find(start); at != std::string::npos; at = svg.find(start, at + 1)) {
      const std::size_t from = at + start.size();
      texts += svg.substr(from, svg.find(end, from) - from) + "\n";
    }
  }
  return texts;
}

nlohmann::json example() {
  return nlohmann::json::parse(
      text_of(fs::path(GILSIM_SOURCE_DIR) / "tests/app/data/validate.json"));
}

nlohmann::json only(nlohmann::json report, const std::string& scenario) {
  nlohmann::json points = nlohmann::json::array();
  for (const auto& point : report["points"]) {
    if (point["scenario"] == scenario) points.push_back(point);
  }
  report["points"] = points;
  return report;
}

class Plot : public testing::Test {
 protected:
  Plot() {
    std::string name = (fs::temp_directory_path() / "plot-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    root_ = name;
    options_.output_folder = (root_ / "out").string();
  }
  ~Plot() override { fs::remove_all(root_); }

  std::vector<std::string> draw(const nlohmann::json& report) {
    return plot_report(report, options_);
  }
  std::set<std::string> files() const {
    std::set<std::string> names;
    if (!fs::exists(out())) return names;
    for (const auto& entry : fs::directory_iterator(out())) names.insert(entry.path().filename());
    return names;
  }
  fs::path out() const { return options_.output_folder; }

  template <class Error>
  std::string message(const nlohmann::json& report) {
    try {
      draw(report);
    } catch (const Error& error) {
      return error.what();
    }
    return "no such error";
  }

  fs::path root_;
  PlotOptions options_;
};

TEST_F(Plot, WritesEveryPictureAsSvgAndPngAndNothingElse) {
  const auto written = draw(example());
  std::vector<std::string> names;
  for (const std::string& file : written) names.push_back(fs::path(file).filename());
  EXPECT_THAT(
      names,
      ElementsAre("speedup-countdown.svg", "speedup-countdown.png", "speedup-pages.svg",
                  "speedup-pages.png", "speedup-thumbnails.svg", "speedup-thumbnails.png",
                  "interval-convoy.svg", "interval-convoy.png", "tradeoff-convoy.svg",
                  "tradeoff-convoy.png", "predicted-measured.svg", "predicted-measured.png"));
  EXPECT_EQ(files(), std::set<std::string>(names.begin(), names.end()));
  for (const std::string& file : written) {
    const std::string start = fs::path(file).extension() == ".svg" ? "<?xml" : "\x89PNG";
    EXPECT_EQ(text_of(file).substr(0, start.size()), start);
  }
}

TEST_F(Plot, GivesTheSameBytesOfSvgFromRunToRun) {
  draw(example());
  const fs::path first = root_ / "first";
  fs::rename(out(), first);
  draw(example());
  for (const std::string& name : files()) {
    if (fs::path(name).extension() != ".svg") continue;
    EXPECT_TRUE(text_of(first / name) == text_of(out() / name)) << name;
  }
}

TEST_F(Plot, ReplacesOlderPictures) {
  fs::create_directories(out());
  std::ofstream(out() / "speedup-pages.svg") << "old";
  draw(only(example(), "pages"));
  EXPECT_THAT(texts_in(out() / "speedup-pages.svg"), HasSubstr("How long do 15 pages"));
}

TEST_F(Plot, SaysHowManyOlderPicturesItReplaces) {
  std::ostringstream notes;
  options_.notes = &notes;
  draw(only(example(), "countdown"));
  EXPECT_EQ(notes.str(), "");
  draw(only(example(), "countdown"));
  EXPECT_EQ(notes.str(), "gilsim: replaced 4 older pictures in '" + out().string() + "'\n");
}

TEST_F(Plot, SaysTheQuestionTheHostTheInterpreterAndHowToGetItAgain) {
  draw(only(example(), "pages"));
  const std::string svg = texts_in(out() / "speedup-pages.svg");
  EXPECT_THAT(svg, StartsWith("How long do 15 pages take"));
  EXPECT_THAT(
      svg,
      HasSubstr("Example processor (invented figures), 2 cores, Linux 6.18.0 · CPython 3.11.2"));
  EXPECT_THAT(svg, HasSubstr("gilsim validate configs/talk/countdown.yaml"));
  EXPECT_THAT(svg, HasSubstr("speedup over sequential"));
  EXPECT_THAT(svg, HasSubstr("median and 5–95 % of 10 real runs"));
}

TEST_F(Plot, MovesWhatMovesInTheReport) {
  nlohmann::json report = only(example(), "pages");
  draw(report);
  const std::string before = text_of(out() / "speedup-pages.svg");
  for (auto& point : report["points"]) {
    if (point["metric"] == "speedup" && point["workers"] == 8) point["measured"]["median"] = 2.0;
  }
  draw(report);
  EXPECT_FALSE(text_of(out() / "speedup-pages.svg") == before);
}

TEST_F(Plot, TakesTextOfAUserAsTextOnly) {
  nlohmann::json report = only(example(), "countdown");
  const std::string trap = (root_ / "trap").string();
  for (auto& point : report["points"]) {
    point["question"] =
        "a_1 <b> & {/:Bold x} '. system('touch " + trap + "') .' `touch " + trap + "` \x1b[31m\\";
    point["scenario"] = "../up and away";
  }
  draw(report);
  EXPECT_FALSE(fs::exists(trap));
  EXPECT_THAT(files(), ElementsAre("predicted-measured.png", "predicted-measured.svg",
                                   "speedup-..-up-and-away.png", "speedup-..-up-and-away.svg"));
  const std::string svg = texts_in(out() / "speedup-..-up-and-away.svg");
  EXPECT_THAT(svg, HasSubstr("\na_1 &lt;b> &amp; {/:Bold x} '. system("));
  EXPECT_THAT(svg, Not(HasSubstr("\x1b")));
}

TEST_F(Plot, KeepsScenariosOfOneNameApart) {
  nlohmann::json report = only(example(), "pages");
  nlohmann::json other = report["points"];
  for (auto& point : other) {
    point["file"] = "elsewhere/pages.yaml";
    report["points"].push_back(point);
  }
  draw(report);
  EXPECT_EQ(files().count("speedup-pages.svg"), 1u);
  EXPECT_EQ(files().count("speedup-pages-2.svg"), 1u);
}

TEST_F(Plot, OfPredictionsAloneShowsNoComparison) {
  nlohmann::json report = only(example(), "pages");
  for (auto& point : report["points"]) point["measured"] = nullptr;
  draw(report);
  EXPECT_THAT(files(), ElementsAre("speedup-pages.png", "speedup-pages.svg"));
  EXPECT_THAT(texts_in(out() / "speedup-pages.svg"), HasSubstr("Nothing measured."));
}

TEST_F(Plot, InTheTerminalNamesNoMeasurementsWhereThereAreNone) {
  nlohmann::json report = only(example(), "pages");
  for (auto& point : report["points"]) point["measured"] = nullptr;
  std::ostringstream terminal;
  options_.terminal = &terminal;
  draw(report);
  EXPECT_THAT(terminal.str(), HasSubstr("threads, predicted"));
  EXPECT_THAT(terminal.str(), Not(HasSubstr("threads, measured")));
}

TEST_F(Plot, OfMeasurementsAloneShowsNoComparison) {
  nlohmann::json report = only(example(), "pages");
  for (auto& point : report["points"]) point["predicted"] = nullptr;
  draw(report);
  EXPECT_THAT(files(), ElementsAre("speedup-pages.png", "speedup-pages.svg"));
}

TEST_F(Plot, OfManyWorkersHasLogarithmicAxes) {
  nlohmann::json report = only(example(), "pages");
  for (auto& point : report["points"]) {
    if (point["workers"] == 13) point["workers"] = 64;
  }
  EXPECT_EQ(draw(report).size(), 4u);
}

TEST_F(Plot, TellsCoresApartWhereTheyVary) {
  nlohmann::json report = only(example(), "pages");
  nlohmann::json other = report["points"];
  for (auto& point : other) {
    point["cores"] = 1;
    report["points"].push_back(point);
  }
  draw(report);
  const std::string svg = texts_in(out() / "speedup-pages.svg");
  EXPECT_THAT(svg, HasSubstr("threads, 1 core\n"));
  EXPECT_THAT(svg, HasSubstr("threads, 2 cores\n"));
}

TEST_F(Plot, OfARateOfNothingIsDrawnAllTheSame) {
  nlohmann::json report = only(example(), "convoy");
  report["points"][0]["measured"] = {{"median", 0}, {"low", 0}, {"high", 0}, {"runs", 10}};
  EXPECT_EQ(draw(report).size(), 6u);
}

TEST_F(Plot, OfNothingWritesNothing) {
  nlohmann::json report = example();
  report["points"] = nlohmann::json::array();
  EXPECT_THAT(draw(report), IsEmpty());
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(Plot, InTheTerminalKeepsItsWidthAndNamesWhatItShows) {
  std::ostringstream terminal;
  options_.terminal = &terminal;
  options_.columns = 72;
  draw(example());
  EXPECT_THAT(terminal.str(), HasSubstr("threads, predicted"));
  EXPECT_THAT(terminal.str(), HasSubstr("threads, measured"));
  EXPECT_THAT(terminal.str(), HasSubstr("A = countdown, B = pages, C = thumbnails, D = convoy"));
  EXPECT_THAT(terminal.str(), Not(HasSubstr("\x1b")));
  std::istringstream lines(terminal.str());
  for (std::string line; std::getline(lines, line);) {
    const auto width = std::count_if(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    });
    EXPECT_LE(width, 72) << line;
  }
}

TEST_F(Plot, InTheTerminalIsColouredWhereAskedForAndEndsItsColours) {
  std::ostringstream terminal;
  options_.terminal = &terminal;
  options_.color = true;
  draw(only(example(), "pages"));
  EXPECT_THAT(terminal.str(), HasSubstr("\x1b["));
  EXPECT_GT(terminal.str().rfind("\x1b[0;39m"), terminal.str().rfind("\x1b[1;"));
}

TEST_F(Plot, WithoutGnuplotSaysHowToGetIt) {
  options_.gnuplot = "gnuplot-that-is-nowhere";
  EXPECT_EQ(message<GnuplotError>(example()),
            "can't draw: the program 'gnuplot-that-is-nowhere' isn't there; install it with "
            "`apt-get install gnuplot-nox`");
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(Plot, ByAGnuplotThatFailsSaysWhatItSaidAndLeavesNothing) {
  const fs::path broken = root_ / "broken";
  std::ofstream(broken) << "#!/bin/sh\necho 'no such terminal' >&2\nexit 3\n";
  fs::permissions(broken, fs::perms::owner_all);
  options_.gnuplot = broken.string();
  EXPECT_EQ(message<GnuplotError>(example()),
            "can't draw: '" + broken.string() +
                "' failed on speedup-countdown.svg (exit code 3); it said:\nno such terminal\n");
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(Plot, IntoAFolderThatCannotBeMadeIsRefused) {
  std::ofstream(root_ / "file") << "not a folder";
  options_.output_folder = (root_ / "file/out").string();
  EXPECT_EQ(message<PlotOutputError>(example()),
            "can't write pictures into '" + options_.output_folder +
                "': Not a directory; name another folder with -o");
}

TEST_F(Plot, OverAFolderIsRefusedBeforeAnyPictureIsInPlace) {
  fs::create_directories(out() / "speedup-pages.png");
  EXPECT_EQ(message<PlotOutputError>(only(example(), "pages")),
            "can't write '" + (out() / "speedup-pages.png").string() + "': it is a folder");
  EXPECT_THAT(files(), ElementsAre("speedup-pages.png"));
}

TEST_F(Plot, OfAnotherSchemaIsRefused) {
  nlohmann::json report = example();
  report["schema"] = 2;
  EXPECT_EQ(message<PlotReportError>(report),
            "can't draw this report: it is of schema 2 and this program draws schema 1; make it "
            "again with this version's `validate --json`");
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(Plot, OfSomethingElseNamesTheFieldThatIsMissingOrWrong) {
  const std::string way_out = "; `plot` draws what `validate --json` and `run --json` write";
  EXPECT_EQ(message<PlotReportError>(nlohmann::json::array()),
            "can't draw this report: it is not an object" + way_out);
  EXPECT_EQ(message<PlotReportError>({{"name", "x"}}),
            "can't draw this report: schema is not there" + way_out);
  nlohmann::json report = example();
  report["points"][3]["predicted"]["median"] = "fast";
  EXPECT_EQ(message<PlotReportError>(report),
            "can't draw this report: points[3].predicted.median is not a number" + way_out);
  report = example();
  report["points"][0].erase("strategy");
  EXPECT_EQ(message<PlotReportError>(report),
            "can't draw this report: points[0].strategy is not there" + way_out);
  report = example();
  report["points"][1]["workers"] = 1.5;
  EXPECT_EQ(message<PlotReportError>(report),
            "can't draw this report: points[1].workers is not a whole number" + way_out);
  report = example();
  report["points"] = "none";
  EXPECT_EQ(message<PlotReportError>(report),
            "can't draw this report: points is not a list" + way_out);
}

}  // namespace
}  // namespace gilsim::app
