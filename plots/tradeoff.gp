# What the switch interval costs and buys: the latency of threads that wait over the throughput of
# those that compute. gnuplot -c tradeoff.gp COMMON PARAMETERS OUT KIND
# $DATA has two blocks a series: predicted (throughput, seconds) and measured (the same, with low and
# high of each). $LABELS has a block a series: throughput, seconds,
# number of the word. $DEFAULTS: where 5 ms is.
COMMON = ARG1; PARAMETERS = ARG2; OUT = ARG3; KIND = ARG4
load PARAMETERS
load COMMON

n = |NAMES|
set logscale y
set xrange [X_LOW:X_HIGH]
set yrange [Y_LOW/1.15:Y_HIGH]
set ytics ()
do for [i = 1:|Y_TICS|] { set ytics add (Y_TIC_NAMES[i] Y_TICS[i]) }
XLABEL = 'throughput of the threads that compute (operations per second)'
set xlabel XLABEL
if (KIND eq 'dumb') {
  set key below center horizontal
  set tics nomirror
  plot for [i = 1:n] $DATA index 2*(i-1) using 1:2 with lines lt i title NAMES[i], \
       $LABELS index 0 using 1:2:(WORDS[int($3)]) with labels notitle, \
       $DEFAULTS using 1:2:('(5 ms)') with labels notitle
} else {
  set xlabel offset 0,0.5 textcolor rgb INK
  set ylabel 'median latency of an operation' offset 0.8,0 textcolor rgb INK
  set xtics offset 0,0.2
  set lmargin at screen 112.0 / WIDTH
  set rmargin at screen 1 - 38.0 / WIDTH
  set tmargin at screen TOP
  set bmargin at screen FOOTER_TOP + (110.0 + 24.0 * n) / HEIGHT
  set key at screen LEFT, FOOTER_TOP + (46.0 + 24.0 * n) / HEIGHT left top Left reverse samplen 3.2 \
      spacing 1.35
  plot for [i = 1:n] $DATA index 2*(i-1) using 1:2 with lines lc rgb color(i) lw 2.2 \
           dt dashes(i) notitle, \
       for [i = 1:n] $DATA index 2*(i-1)+1 using 1:2:3:4:5:6 with xyerrorbars lc rgb color(i) \
           lw 1.6 pt shape(i) ps 1.1 notitle, \
       $LABELS using 1:2 with points lc rgb INK pt 7 ps 0.5 notitle, \
       $LABELS using 1:2:(WORDS[int($3)]) with labels left offset 0.8,-0.55 \
           font 'DejaVu Sans,10.5' textcolor rgb INK notitle, \
       $DEFAULTS using 1:2 with points lc rgb INK lw 1.8 pt 6 ps 2.2 notitle, \
       for [i = 1:n] NaN with linespoints lc rgb color(i) lw 2.2 dt dashes(i) pt shape(i) \
           ps 1.1*MEASURED title NAMES[i], \
       NaN with points lc rgb INK lw 1.8 pt 6 ps 2.2 title 'the default switch interval, 5 ms'
}
unset output
