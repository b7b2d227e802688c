# Rates and median latencies over the switch interval. gnuplot -c interval.gp COMMON PARAMETERS OUT KIND
# $DATA has two blocks a series: predicted (seconds, median, low, high) and measured. The first RATES
# series belong to the left panel, the others to the right one.
COMMON = ARG1; PARAMETERS = ARG2; OUT = ARG3; KIND = ARG4
load PARAMETERS
load COMMON

PANELS = (RATES > 0) + (|STYLES| > RATES)
set logscale xy
set xrange [X_LOW:X_HIGH]
set xtics ()
unset key

if (KIND eq 'dumb') {
  # A letter a curve, from A on; the legend says whose.
  letter(i) = substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + (int(i) - 1) % 26, 1 + (int(i) - 1) % 26)
  set tics nomirror
  every = ceil(|TICS| * 9.0 * PANELS / (COLUMNS - 20))
  do for [i = 1:|TICS|:every] { set xtics add (TIC_NAMES[i] TICS[i]) }
  set multiplot layout 1,PANELS
  do for [side = 0:1] {
    first = side == 0 ? 1 : RATES + 1
    last = side == 0 ? RATES : |STYLES|
    if (first <= last) {
      set ytics ()
      if (side == 0) {
        set title 'operations per second'
        set yrange [RATE_LOW:RATE_HIGH]
        do for [i = 1:|RATE_TICS|] { set ytics add (RATE_TIC_NAMES[i] RATE_TICS[i]) }
      } else {
        set title 'median latency'
        set yrange [LATENCY_LOW:LATENCY_HIGH]
        do for [i = 1:|LATENCY_TICS|] { set ytics add (LATENCY_TIC_NAMES[i] LATENCY_TICS[i]) }
      }
      set arrow 1 from 0.005, graph 0 to 0.005, graph 1 nohead
      plot for [i = first:last] $DATA index 2*(i-1) using 1:2:(letter(STYLES[i])) with labels, \
           for [i = first:last] $DATA index 2*(i-1)+1 using 1:2:('*') with labels
    }
  }
  unset multiplot
  unset output
  exit
}

HIGH = TOP - 56.0 / HEIGHT
LOW = FOOTER_TOP + (92.0 + 24.0 * KEY_ROWS) / HEIGHT
set style fill transparent solid 0.22 noborder
set xlabel 'switch interval' offset 0,0.5 textcolor rgb INK
set xtics offset 0,0.2
do for [i = 1:|TICS|] { set xtics add (TIC_NAMES[i] TICS[i]) }
set tmargin at screen HIGH
set bmargin at screen LOW

set multiplot
panel = 0
do for [side = 0:1] {
  first = side == 0 ? 1 : RATES + 1
  last = side == 0 ? RATES : |STYLES|
  if (first <= last) {
    set lmargin at screen panel / (1.0 * PANELS) + 84.0 / WIDTH
    set rmargin at screen (panel + 1) / (1.0 * PANELS) - 28.0 / WIDTH
    set ytics ()
    if (side == 0) {
      set yrange [RATE_LOW:RATE_HIGH]
      set label 4 'operations per second' at graph 0, graph 1.12 left font 'DejaVu Sans:Bold,13' textcolor rgb INK
      do for [i = 1:|RATE_TICS|] { set ytics add (RATE_TIC_NAMES[i] RATE_TICS[i]) }
    } else {
      set yrange [LATENCY_LOW:LATENCY_HIGH]
      set label 4 'median latency of an operation' at graph 0, graph 1.12 left font 'DejaVu Sans:Bold,13' textcolor rgb INK
      do for [i = 1:|LATENCY_TICS|] { set ytics add (LATENCY_TIC_NAMES[i] LATENCY_TICS[i]) }
    }
    set arrow 1 from 0.005, graph 0 to 0.005, graph 1 nohead lc rgb GREY lw 1.2 dt 2
    set label 5 'default 5 ms' at 0.005, graph 1.035 center textcolor rgb GREY \
        font 'DejaVu Sans,10.5'
    plot for [i = first:last] $DATA index 2*(i-1) using 1:3:4 with filledcurves \
             lc rgb color(STYLES[i]), \
         for [i = first:last] $DATA index 2*(i-1) using 1:2 with lines lc rgb color(STYLES[i]) \
             lw 2.2 dt dashes(STYLES[i]), \
         for [i = first:last] $DATA index 2*(i-1)+1 using 1:2:3:4 with yerrorbars \
             lc rgb color(STYLES[i]) lw 1.6 pt shape(STYLES[i]) ps 1.1
    unset label 1
    unset label 2
    unset label 3
    panel = panel + 1
  }
}
unset arrow 1
unset label 4
unset label 5
unset logscale
unset border
unset tics
unset xlabel
unset ylabel
unset grid
set lmargin at screen 0
set rmargin at screen 1
set bmargin at screen FOOTER_TOP
set tmargin at screen FOOTER_TOP + (18.0 + 24.0 * KEY_ROWS) / HEIGHT
set key at screen LEFT, FOOTER_TOP + (14.0 + 24.0 * KEY_ROWS) / HEIGHT left top Left reverse \
    horizontal maxrows KEY_ROWS samplen 3.2 spacing 1.3
set xrange [0:1]
set yrange [0:1]
plot for [i = 1:|NAMES|] NaN with linespoints lc rgb color(i) lw 2.2 dt dashes(i) pt shape(i) \
    ps 1.1*MEASURED title NAMES[i]
unset multiplot
unset output
