// The pictures of a report (as `validate` and `run` write it, schema 1), drawn by gnuplot:
//   speedup-SCENARIO.svg/.png        speedup over workers, where a scenario has the metric
//   interval-SCENARIO.svg/.png       rates and median latencies over the switch interval, where
//   varied tradeoff-SCENARIO.svg/.png       latencies of waiting threads over the throughput of
//   computing ones predicted-measured.svg/.png      every point with a measurement, predicted over
//   measured
// The same report gives the same bytes of SVG. All pictures appear in the folder together or none.
// Terminal versions go to a stream.
#pragma once

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace gilsim::app {

struct Picture;

struct PlotOptions {
  std::string output_folder;         // made if it isn't there
  std::ostream* terminal = nullptr;  // where the terminal versions go; nullptr: not drawn
  std::ostream* notes = nullptr;     // is told of older pictures that were replaced
  int columns = 100;                 // width of the terminal versions
  bool color = false;                // of the terminal versions
  std::string gnuplot = "gnuplot";   // program: a path, or a name looked up in PATH
};

class PlotError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
// The report is of another schema, or lacks something: usage, exit code 2.
class PlotReportError : public PlotError {
 public:
  using PlotError::PlotError;
};
// gnuplot is missing or failed: configuration, exit code 2.
class GnuplotError : public PlotError {
 public:
  using PlotError::PlotError;
};
// The pictures could not be written: exit code 3.
class PlotOutputError : public PlotError {
 public:
  using PlotError::PlotError;
};

// Returns the files written, in the order speedup, interval, tradeoff, predicted-measured; .svg
// before .png. Empty where the report has nothing to draw.
std::vector<std::string> plot_report(const nlohmann::json& report, const PlotOptions& options);

// What plot_report() would draw.
std::vector<Picture> pictures_of(const nlohmann::json& report);
// The SVG texts of the pictures; nothing is left on disk.
std::vector<std::string> svg_texts(const std::vector<Picture>& pictures,
                                   const std::string& gnuplot = "gnuplot");

// The terminal versions; nothing is left on disk.
std::string terminal_text(const std::vector<Picture>& pictures, const PlotOptions& options);

// As plot_report(), of pictures made otherwise; .svg before .png of each.
std::vector<std::string> draw_pictures(const std::vector<Picture>& pictures,
                                       const PlotOptions& options);

}  // namespace gilsim::app
