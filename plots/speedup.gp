# Speedup over workers. gnuplot -c speedup.gp COMMON PARAMETERS OUT KIND
# $DATA has two blocks a series: predicted (workers, median, low, high) and measured (the same, moved
# a little aside). NAMES and STYLES are theirs. MEASURED is 0 where nothing was.
COMMON = ARG1; PARAMETERS = ARG2; OUT = ARG3; KIND = ARG4
load PARAMETERS
load COMMON

set xlabel XLABEL
if (LOGARITHMIC) { set logscale xy 2 }
set xrange [X_LOW:X_HIGH]
set yrange [Y_LOW:Y_HIGH]
set xtics ()
do for [i = 1:|TICS|] { set xtics add (sprintf('%d', TICS[i]) TICS[i]) }
n = |NAMES|

if (KIND eq 'dumb') {
  set key below center horizontal
  set samples 200
  set tics nomirror
  plot x with dots lt -1 title 'ideal: workers', \
       for [i = 1:n] $DATA index 2*(i-1) using 1:2 with lines lt i title NAMES[i].', predicted', \
       for [i = 1:n] $DATA index 2*(i-1)+1 using 1:2:3:4 with yerrorbars lt i pt i notitle, \
       for [i = 1:MEASURED*n] NaN with points lt i pt i title NAMES[i].', measured'
} else {
  set ylabel 'speedup over sequential' offset 0.8,0 textcolor rgb INK
  set xlabel offset 0,0.5 textcolor rgb INK
  set xtics offset 0,0.2
  set lmargin at screen 88.0 / WIDTH
  set rmargin at screen 1 - (38.0 + KEY_WIDTH) / WIDTH
  set tmargin at screen TOP
  set bmargin at screen FOOTER_TOP + 72.0 / HEIGHT
  set key at screen 1 - (28.0 + KEY_WIDTH) / WIDTH, TOP left top Left reverse samplen 3.2 spacing 1.35
  set style fill transparent solid 0.22 noborder
  set samples 2
  plot for [i = 1:n] $DATA index 2*(i-1) using 1:3:4 with filledcurves lc rgb color(STYLES[i]) \
           notitle, \
       x with lines lc rgb GREY lw 1.4 dt 3 title 'ideal: workers', \
       1 with lines lc rgb GREY lw 1 dt 1 title 'sequential', \
       for [i = 1:n] $DATA index 2*(i-1) using 1:2 with lines lc rgb color(STYLES[i]) lw 2.2 \
           dt dashes(STYLES[i]) notitle, \
       for [i = 1:n] $DATA index 2*(i-1)+1 using 1:2:3:4 with yerrorbars lc rgb color(STYLES[i]) \
           lw 1.6 pt shape(STYLES[i]) ps 1.2 notitle, \
       for [i = 1:n] NaN with linespoints lc rgb color(STYLES[i]) lw 2.2 dt dashes(STYLES[i]) \
           pt shape(STYLES[i]) ps 1.2*MEASURED title NAMES[i]
}
unset output
