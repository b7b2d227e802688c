# Predicted over measured, a panel a kind of quantity, logarithmic, with the diagonal and +-10 %.
# gnuplot -c accuracy.gp COMMON PARAMETERS OUT KIND
# $DATA has a block for each panel and scenario of it: measured median, low, high, predicted median,
# low, high. FIRST and LAST are the blocks of a panel, STYLES the scenario of each block.
# NOTES says the error of each panel.
COMMON = ARG1; PARAMETERS = ARG2; OUT = ARG3; KIND = ARG4
load PARAMETERS
load COMMON

n = |PANELS|
set logscale xy  # where the lines through the origin are straight: two samples do
set multiplot
if (KIND ne 'dumb') {
  PER_ROW = n == 4 ? 2 : n
  GRID_ROWS = (n + PER_ROW - 1) / PER_ROW
  LOW = FOOTER_TOP + (20.0 + 24.0 * KEY_ROWS) / HEIGHT
  STEP = (TOP - LOW) / GRID_ROWS
  set style fill transparent solid 0.35 noborder
  set samples 2
}
do for [p = 1:n] {
  set xrange [LOWS[p]:HIGHS[p]]
  set yrange [LOWS[p]:HIGHS[p]]
  set xtics ()
  set ytics ()
  do for [i = TIC_FIRST[p]:TIC_LAST[p]] {
    set xtics add (TIC_NAMES[i] TICS[i])
    set ytics add (TIC_NAMES[i] TICS[i])
  }
  if (KIND eq 'dumb') {
    set tics nomirror
    set origin ((p - 1) % 2) / 2.0, n > 2 && p < 3 ? 0.5 : 0
    set size n == 1 ? 1 : 0.5, n > 2 ? 0.5 : 1
    set title PANELS[p]
    unset key
    plot x with dots lt -1, \
         for [b = FIRST[p]:LAST[p]] $DATA index b-1 using 1:4 with points lt STYLES[b] pt STYLES[b]
  } else {
    column = (p - 1) % PER_ROW
    row = (p - 1) / PER_ROW
    set lmargin at screen column / (1.0 * PER_ROW) + 112.0 / WIDTH
    set rmargin at screen (column + 1) / (1.0 * PER_ROW) - 26.0 / WIDTH
    set tmargin at screen TOP - row * STEP - 38.0 / HEIGHT
    set bmargin at screen TOP - (row + 1) * STEP + 76.0 / HEIGHT
    unset key
    set xlabel 'measured' offset 0,0.2 textcolor rgb INK
    set label 5 'predicted' at screen column / (1.0 * PER_ROW) + 16.0 / WIDTH, graph 0.5 \
        center rotate textcolor rgb INK
    set label 4 PANELS[p] at graph 0, graph 1.05 left font 'DejaVu Sans:Bold,13' textcolor rgb INK
    set label 6 NOTES[p] at graph 0.98, graph 0.05 right font 'DejaVu Sans,11' textcolor rgb INK
    plot '+' using 1:(0.9*$1):(1.1*$1) with filledcurves lc rgb '#c4c4c4', \
         x with lines lc rgb INK lw 1.2 dt 1, \
         0.9*x with lines lc rgb GREY lw 0.8 dt 2, \
         1.1*x with lines lc rgb GREY lw 0.8 dt 2, \
         for [b = FIRST[p]:LAST[p]] $DATA index b-1 using 1:4:2:3:5:6 with xyerrorbars \
             lc rgb color(STYLES[b]) lw 1.2 pt shape(STYLES[b]) ps 1.15
    unset label 1
    unset label 2
    unset label 3
  }
}
if (KIND ne 'dumb') {
  unset label 4
  unset label 5
  unset label 6
  unset logscale
  unset border
  unset tics
  unset xlabel
  unset grid
  set lmargin at screen 0
  set rmargin at screen 1
  set bmargin at screen FOOTER_TOP
  set tmargin at screen LOW
  set key at screen LEFT, FOOTER_TOP + (14.0 + 24.0 * KEY_ROWS) / HEIGHT left top Left reverse \
      horizontal maxrows KEY_ROWS samplen 2 spacing 1.3
  set xrange [0:1]
  set yrange [0:1]
  plot for [i = 1:|NAMES|] NaN with points lc rgb color(i) lw 1.4 pt shape(i) ps 1.15 \
           title NAMES[i], \
       NaN with lines lc rgb GREY lw 0.8 dt 2 title '±10 %'
}
unset multiplot
unset output
