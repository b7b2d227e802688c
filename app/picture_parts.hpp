// What the pictures have in common: head and foot, series, rows.
#pragma once

#include <string>
#include <vector>

#include "app/gnuplot.hpp"
#include "app/plot_axis.hpp"
#include "app/plot_points.hpp"

namespace gilsim::app {

struct Canvas {
  int width = 960;
  int height = 600;
};

struct Frame {
  std::string title;
  std::string subtitle;  // how to read the picture
  Canvas canvas;
};

// TITLE, SUBTITLE, FOOTER, their numbers of lines, WIDTH and HEIGHT. The footer says where and with
// what the points came to be, and how to get them again.
void set_frame(GnuplotParameters& parameters, const Frame& frame, const PlotReport& report,
               const std::vector<PlotPoint>& points);

// "median and 5–95 % of 21 simulations", "... of 10 real runs"; empty where there are none.
std::string predicted_spread(const PlotReport& report, const std::vector<PlotPoint>& points);
std::string measured_spread(const std::vector<PlotPoint>& points);

// The subtitle of pictures whose lines are predicted and whose points are measured.
std::string lines_and_points(const PlotReport& report, const std::vector<PlotPoint>& points);

// NAME_TICS and NAME_TIC_NAMES, NAME_LOW and NAME_HIGH; no underscore where the name is "X".
void set_axis(GnuplotParameters& parameters, const std::string& name, const LogAxis& axis);

// Points that one line joins.
struct PlotSeries {
  std::string name;
  std::vector<PlotPoint> points;
};

// Splits by `subject(point)` and by whatever else varies among the points: cores, interpreter and,
// unless it is the axis, the switch interval. Names say what varies only.
std::vector<PlotSeries> series_by(const std::vector<PlotPoint>& points,
                                  std::string (*subject)(const PlotPoint&), bool interval_is_axis);

// Every bound and median of the points, for the range of an axis.
std::vector<double> figures_of(const std::vector<PlotPoint>& points);

}  // namespace gilsim::app
