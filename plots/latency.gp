# How long operations take: the share of them that is over after a time.
# gnuplot -c latency.gp COMMON PARAMETERS OUT KIND
# $DATA has a block a thread: seconds, percent. NAMES are theirs.
COMMON = ARG1; PARAMETERS = ARG2; OUT = ARG3; KIND = ARG4
load PARAMETERS
load COMMON

n = |NAMES|
set logscale x
set xrange [X_LOW:X_HIGH]
set yrange [0:103]
set xtics ()
do for [i = 1:|TICS|] { set xtics add (TIC_NAMES[i] TICS[i]) }
set ytics 0,25,100 format '%.0f %%'
set xlabel XLABEL
if (KIND eq 'dumb') {
  set key below center horizontal
  set tics nomirror
  plot for [i = 1:n] $DATA index i-1 using 1:2 with lines lt i title NAMES[i]
} else {
  set xlabel offset 0,0.5 textcolor rgb INK
  set ylabel 'share of operations that are over' offset 0.8,0 textcolor rgb INK
  set xtics offset 0,0.2
  set lmargin at screen 112.0 / WIDTH
  set rmargin at screen 1 - 38.0 / WIDTH
  set tmargin at screen TOP
  set bmargin at screen FOOTER_TOP + (86.0 + 24.0 * n) / HEIGHT
  set key at screen LEFT, FOOTER_TOP + (22.0 + 24.0 * n) / HEIGHT left top Left reverse samplen 3.2 \
      spacing 1.35
  plot for [i = 1:n] $DATA index i-1 using 1:2 with steps lc rgb color(i) lw 2.2 dt dashes(i) \
           title NAMES[i]
}
unset output
