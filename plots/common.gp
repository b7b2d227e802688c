# Loaded by every picture. Expects OUT, KIND (svg, png or dumb), WIDTH and HEIGHT in pixels of the
# SVG, COLUMNS and ROWS of the terminal version, TITLE, SUBTITLE and FOOTER with their numbers of lines.
# User text reaches gnuplot in strings only; `noenhanced` keeps it from being read as markup.
# Colours: M. Okabe and K. Ito, "Color Universal Design" (2008). Each style has its own point
# shape and dashes too, so that print in black and white can be read.
set encoding utf8
set datafile missing 'NaN'

if (KIND eq 'svg') {
  set terminal svg size WIDTH,HEIGHT fixed noenhanced font 'DejaVu Sans,13' background '#ffffff'
}
if (KIND eq 'png') {
  set terminal pngcairo size 2*WIDTH,2*HEIGHT noenhanced font 'DejaVu Sans,13' fontscale 2 \
      linewidth 2 pointscale 2 background '#ffffff'
}
if (KIND eq 'dumb') {
  if (COLOR) { set terminal dumb noenhanced ansi size COLUMNS,ROWS }
  else { set terminal dumb noenhanced mono size COLUMNS,ROWS }
}
set output OUT

array PALETTE[8] = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#000000', \
                    '#8A7F00']
array SHAPES[8] = [7, 5, 9, 13, 11, 6, 4, 8]
array DASHES[8] = [1, 2, 4, 5, 3, 1, 2, 4]
color(i) = PALETTE[1 + (int(i) - 1) % 8]
shape(i) = SHAPES[1 + (int(i) - 1) % 8]
dashes(i) = DASHES[1 + (int(i) - 1) % 8]

INK = '#222222'
GREY = '#767676'
LIGHT = '#dcdcdc'

if (KIND ne 'dumb') {
  set border 3 lc rgb INK lw 1
  set tics nomirror out scale 0.6 textcolor rgb INK
  set grid back lt 1 lc rgb '#e2e2e2' lw 0.8
  set key textcolor rgb INK
  TITLE_LINE = 25.0 / HEIGHT
  SMALL_LINE = 16.0 / HEIGHT
  TITLE_TOP = 1 - 24.0 / HEIGHT
  SUBTITLE_TOP = TITLE_TOP - TITLE_LINES * TITLE_LINE
  TOP = SUBTITLE_TOP - (SUBTITLE_LINES + 0.4) * SMALL_LINE
  FOOTER_TOP = (FOOTER_LINES + 0.5) * SMALL_LINE
  LEFT = 24.0 / WIDTH
  set label 1 TITLE at screen LEFT, TITLE_TOP left font 'DejaVu Sans:Bold,16' textcolor rgb INK
  set label 2 SUBTITLE at screen LEFT, SUBTITLE_TOP left font 'DejaVu Sans,11' textcolor rgb GREY
  set label 3 FOOTER at screen LEFT, FOOTER_TOP - 0.6 * SMALL_LINE left font 'DejaVu Sans,9.5' \
      textcolor rgb GREY
}
