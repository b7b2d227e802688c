// What each picture shows, as parameters of its gnuplot script; nothing is drawn here.
// In the terminal the title and the legend are lines of text above and below.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/gnuplot.hpp"
#include "app/plot_points.hpp"

namespace gilsim::app {

struct Picture {
  std::string name;    // of the files, without ending
  std::string script;  // of plots/
  std::string title;
  std::string legend;  // of the terminal version, below it; may be empty
  int terminal_rows = 26;
  GnuplotParameters parameters;
};

// Nothing where the scenario's points have no such picture.
std::optional<Picture> speedup_picture(const PlotReport& report,
                                       const std::vector<PlotPoint>& scenario);
std::optional<Picture> interval_picture(const PlotReport& report,
                                        const std::vector<PlotPoint>& scenario);
std::optional<Picture> accuracy_picture(const PlotReport& report);

// Letters, digits, '.', '_' and '-'; everything else becomes '-'.
std::string file_name_part(const std::string& scenario);

}  // namespace gilsim::app
