#include "app/plot.hpp"

#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <sstream>

#include "app/format.hpp"
#include "app/pictures.hpp"
#include "app/plot_axis.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;

// A folder inside the target, so that finished pictures can be renamed into place.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& target) : target_(target) {
    std::error_code error;
    made_target_ = fs::create_directories(target, error);
    if (error) refuse(error.message());
    std::string name = (target / ".gilsim-plot-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) refuse(std::strerror(errno));
    path_ = name;
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    if (made_target_) fs::remove(target_, ignored);  // fails when there is something in it
  }
  const fs::path& path() const { return path_; }

 private:
  [[noreturn]] void refuse(const std::string& reason) const {
    throw PlotOutputError("can't write pictures into '" + target_.string() + "': " + reason +
                          "; name another folder with -o");
  }

  fs::path target_;
  fs::path path_;
  bool made_target_ = false;
};

std::vector<Picture> pictures_of(const PlotReport& report) {
  std::vector<Picture> pictures;
  const auto scenarios = report.by_scenario();
  for (const auto& make : {speedup_picture, interval_picture, tradeoff_picture}) {
    for (const auto& scenario : scenarios) {
      if (auto picture = make(report, scenario)) pictures.push_back(std::move(*picture));
    }
  }
  if (auto picture = accuracy_picture(report)) pictures.push_back(std::move(*picture));

  std::set<std::string> taken;
  for (Picture& picture : pictures) {
    const std::string name = picture.name;
    for (int i = 2; !taken.insert(picture.name).second; ++i) {
      picture.name = name + "-" + std::to_string(i);
    }
  }
  return pictures;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Without empty lines and form feeds; colours end with the drawing.
std::string trimmed(const std::string& drawing, bool color) {
  const std::string reset = "\x1b[0;39m";
  std::istringstream lines(drawing);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    line.erase(std::remove(line.begin(), line.end(), '\f'), line.end());
    const std::size_t end = line.find_last_not_of(' ');
    if (end != std::string::npos && line != reset) text += line.substr(0, end + 1) + "\n";
  }
  return color ? text + reset : text;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

std::string escaped_for_xml(std::string text) {
  replace_all(text, "&", "&amp;");
  replace_all(text, "<", "&lt;");
  replace_all(text, ">", "&gt;");
  return text;
}

// gnuplot's svg terminal knows neither weights (outside of its markup) nor fallbacks of a font, and
// calls every picture "Gnuplot".
std::string finished_svg(std::string svg, const std::string& title) {
  const std::string family = "font-family=\"DejaVu Sans, Verdana, Helvetica, sans-serif\"";
  replace_all(svg, "font-family=\"DejaVu Sans:Bold\"", family + " font-weight=\"bold\"");
  replace_all(svg, "font-family=\"DejaVu Sans\"", family);
  replace_all(svg, "<title>Gnuplot</title>",
              "<title>" + escaped_for_xml(printable(title)) + "</title>");
  return svg;
}

std::string terminal_versions(const Gnuplot& gnuplot, const std::vector<Picture>& pictures,
                              const PlotOptions& options) {
  const int columns = std::clamp(options.columns, 60, 200);
  const auto lines = [&](const std::string& text) {
    return wrapped(printable(text), static_cast<std::size_t>(columns)) + "\n";
  };
  std::string all;
  for (const Picture& picture : pictures) {
    if (picture.terminal_rows == 0) continue;
    GnuplotParameters parameters = picture.parameters;
    parameters.set("COLUMNS", columns);
    parameters.set("ROWS", picture.terminal_rows);
    parameters.set("COLOR", options.color ? 1 : 0);
    const fs::path drawing = gnuplot.draw(picture.script, parameters, picture.name, "dumb");
    all += (all.empty() ? "" : "\n") + lines(picture.title) + "\n" +
           trimmed(text_of(drawing), options.color) + lines(picture.legend);
  }
  return all;
}

// Into the folder, where older pictures of the same names are replaced.
std::vector<std::string> moved(const std::vector<fs::path>& drawn, const fs::path& folder,
                               std::ostream* notes) {
  std::vector<std::string> written;
  long long replaced = 0;
  for (const fs::path& picture : drawn) {
    const fs::path target = folder / picture.filename();
    if (fs::is_directory(target)) {
      throw PlotOutputError("can't write '" + target.string() + "': it is a folder");
    }
    written.push_back(target.string());
    replaced += fs::exists(target) ? 1 : 0;
  }
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    std::error_code error;
    fs::rename(drawn[i], written[i], error);
    if (error) throw PlotOutputError("can't write '" + written[i] + "': " + error.message());
  }
  if (replaced > 0 && notes != nullptr) {
    *notes << "gilsim: replaced " << plural(replaced, "older picture") << " in '" << folder.string()
           << "'\n";
  }
  return written;
}

}  // namespace

std::string file_name_part(const std::string& scenario) {
  std::string name = scenario;
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) {
        return !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
               c != '.' && c != '_' && c != '-';
      },
      '-');
  return name;
}

std::vector<std::string> plot_report(const nlohmann::json& report, const PlotOptions& options) {
  return draw_pictures(pictures_of(read_plot_report(report)), options);
}

std::vector<Picture> pictures_of(const nlohmann::json& report) {
  return pictures_of(read_plot_report(report));
}

std::vector<std::string> svg_texts(const std::vector<Picture>& pictures,
                                   const std::string& gnuplot) {
  const WorkFolder folder(fs::temp_directory_path());
  const Gnuplot drawing(gnuplot, folder.path().string());
  std::vector<std::string> texts;
  for (const Picture& picture : pictures) {
    const fs::path file = drawing.draw(picture.script, picture.parameters, picture.name, "svg");
    texts.push_back(finished_svg(text_of(file), picture.title));
  }
  return texts;
}

std::string terminal_text(const std::vector<Picture>& pictures, const PlotOptions& options) {
  const WorkFolder folder(fs::temp_directory_path());
  return terminal_versions(Gnuplot(options.gnuplot, folder.path().string()), pictures, options);
}

std::vector<std::string> draw_pictures(const std::vector<Picture>& pictures,
                                       const PlotOptions& options) {
  if (pictures.empty()) return {};

  const WorkFolder folder(options.output_folder);
  const Gnuplot gnuplot(options.gnuplot, folder.path().string());
  std::vector<fs::path> drawn;
  for (const Picture& picture : pictures) {
    for (const char* const kind : {"svg", "png"}) {
      drawn.emplace_back(gnuplot.draw(picture.script, picture.parameters, picture.name, kind));
      if (drawn.back().extension() == ".svg") {
        write_text(drawn.back().string(), finished_svg(text_of(drawn.back()), picture.title));
      }
    }
  }
  const std::string terminal =
      options.terminal == nullptr ? "" : terminal_versions(gnuplot, pictures, options);

  std::vector<std::string> written = moved(drawn, options.output_folder, options.notes);
  if (options.terminal != nullptr) *options.terminal << terminal;
  return written;
}

}  // namespace gilsim::app
