# What every thread is about over time, then who has the lock and the cores.
# gnuplot -c timeline.gp COMMON PARAMETERS OUT KIND
# $DATA has a block an activity: middle, row, left, right, bottom, top; COLORS and WORDS are theirs.
# $BOXES: the same of locks and cores, with the thread; $LABELS: middle, row, thread; with HAS_LABELS and
# without boxes: middle, row, number of LABEL_WORDS. ROWS names rows.
COMMON = ARG1; PARAMETERS = ARG2; OUT = ARG3; KIND = ARG4
load PARAMETERS
load COMMON

n = |COLORS|
set xlabel XLABEL offset 0,0.5 textcolor rgb INK
set xrange [X_LOW:X_HIGH]
set yrange [-|ROWS|-0.3:-0.4]
set xtics offset 0,0.2
set ytics () scale 0
do for [i = 1:|ROWS|] { set ytics add (ROWS[i] -i) }
unset grid
set grid xtics back lt 1 lc rgb '#e2e2e2' lw 0.8
set border 1
set lmargin at screen (40.0 + ROW_NAME_WIDTH) / WIDTH
set rmargin at screen 1 - 28.0 / WIDTH
set tmargin at screen TOP
set bmargin at screen FOOTER_TOP + (86.0 + 22.0 * KEY_ROWS) / HEIGHT
set key at screen LEFT, FOOTER_TOP + (22.0 + 22.0 * KEY_ROWS) / HEIGHT left top Left reverse \
    maxrows KEY_ROWS samplen 1.6 spacing 1.25 width 1
set style fill solid 1.0 noborder
if (HAS_BOXES) {
  plot for [i = 1:n] $DATA index i-1 using 1:2:3:4:5:6 with boxxyerror lc rgb COLORS[i] notitle, \
       $BOXES using 1:2:3:4:5:6 with boxxyerror fillcolor rgb '#e4e4e4' fillstyle solid 1.0 \
           border rgb '#9a9a9a' notitle, \
       $LABELS using 1:2:(THREADS[int($3)]) with labels font 'DejaVu Sans,9.5' textcolor rgb INK \
           notitle, \
       for [i = 1:n] NaN with boxes lc rgb COLORS[i] title WORDS[i]
} else {
  if (HAS_LABELS) {
    set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.6,0.4
    plot for [i = 1:n] $DATA index i-1 using 1:2:3:4:5:6 with boxxyerror lc rgb COLORS[i] notitle, \
         $LABELS using 1:2:(LABEL_WORDS[int($3)]) with labels boxed font 'DejaVu Sans,10' \
             textcolor rgb INK notitle, \
         for [i = 1:n] NaN with boxes lc rgb COLORS[i] title WORDS[i]
  } else {
    plot for [i = 1:n] $DATA index i-1 using 1:2:3:4:5:6 with boxxyerror lc rgb COLORS[i] notitle, \
         for [i = 1:n] NaN with boxes lc rgb COLORS[i] title WORDS[i]
  }
}
unset output
