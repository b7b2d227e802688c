# Which strategy is best over two keys. gnuplot -c map.gp COMMON PARAMETERS OUT KIND
# $DATA has two blocks a strategy, clear and close cells: middle, row, left, right, bottom, top.
# $DARK and $PALE: middle, row and the number of the cell's word.
COMMON = ARG1; PARAMETERS = ARG2; OUT = ARG3; KIND = ARG4
load PARAMETERS
load COMMON

n = |NAMES|
array DEEP[8] = ['#0072B2', '#B34D00', '#00795A', '#9E4F7E', '#2E7FB0', '#8A6100', '#000000', \
                 '#5A5A5A']
array TINT[8] = ['#CFE5F2', '#F8DFCC', '#CDEBE1', '#F3E0EB', '#DDF0FB', '#FAEBCC', '#E0E0E0', \
                 '#E8E8E8']
deep(i) = DEEP[1 + (int(i) - 1) % 8]
tint(i) = TINT[1 + (int(i) - 1) % 8]

set xrange [0.5:|X_TEXTS|+0.5]
set yrange [0.5:|Y_TEXTS|+0.5]
set xtics () scale 0
set ytics () scale 0
every_x = ceil(|X_TEXTS| / 14.0)
every_y = ceil(|Y_TEXTS| / 20.0)
do for [i = 1:|X_TEXTS|:every_x] { set xtics add (X_TEXTS[i] i) }
do for [i = 1:|Y_TEXTS|:every_y] { set ytics add (Y_TEXTS[i] i) }
unset grid
set border 0
if (KIND eq 'dumb') {
  set xtics ()
  every_x = ceil(|X_TEXTS| * 10.0 / (COLUMNS - 12))
  do for [i = 1:|X_TEXTS|:every_x] { set xtics add (X_TEXTS[i] i) }
  unset key
  plot $DARK using 1:2:(TERMINAL_WORDS[int($3)]) with labels, \
       $PALE using 1:2:(TERMINAL_WORDS[int($3)]) with labels
} else {
  set xlabel X_NAME offset 0,0.3 textcolor rgb INK
  set ylabel Y_NAME offset -1.2,0 textcolor rgb INK
  set lmargin at screen 128.0 / WIDTH
  set rmargin at screen 1 - 28.0 / WIDTH
  set tmargin at screen TOP
  set bmargin at screen FOOTER_TOP + 112.0 / HEIGHT
  set key at screen LEFT, FOOTER_TOP + 36.0 / HEIGHT left top Left reverse horizontal samplen 1.6 \
      width 2
  set style fill solid 1.0 border rgb '#ffffff'
  plot for [i = 1:n] $DATA index 2*(i-1) using 1:2:3:4:5:6 with boxxyerror \
           lc rgb deep(STYLES[i]) notitle, \
       for [i = 1:n] $DATA index 2*(i-1)+1 using 1:2:3:4:5:6 with boxxyerror \
           lc rgb tint(STYLES[i]) notitle, \
       $DARK using 1:2:(CELL_WORDS[int($3)]) with labels font 'DejaVu Sans,11' \
           textcolor rgb '#ffffff' notitle, \
       $PALE using 1:2:(CELL_WORDS[int($3)]) with labels font 'DejaVu Sans,11' \
           textcolor rgb INK notitle, \
       for [i = 1:n] NaN with boxes lc rgb deep(STYLES[i]) title NAMES[i]
}
unset output
