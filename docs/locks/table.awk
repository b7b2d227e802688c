# Turns `gilsim run configs/locks/all.yaml --csv -` into the tables of README.md:
#   gilsim run configs/locks/all.yaml --csv - | awk -f docs/locks/table.awk
# A row a lock; a cell for each number of CPU threads: what they compute together, in cores; the
# other thread's operations a second; p50 and p99 of one operation, in ms.
BEGIN { FS = "," }
NR == 1 { for (i = 1; i <= NF; ++i) column[$i] = i; next }
{
  threads = $(column["strategy"])
  load = threads
  sub(/.*\+/, "", load)
  cell = load SUBSEP $(column["lock"]) SUBSEP (split(threads, names, "+") - 1)
  if (!((load, $(column["lock"])) in seen)) {
    seen[load, $(column["lock"])] = 1
    order[load, ++rows[load]] = $(column["lock"])
  }
  split($(column["metric"]), metric, ".")
  value = $(column["predicted"])
  if (metric[1] ~ /^cpu/ && metric[2] == "rate") cores[cell] += value / 1000
  if (metric[1] == load) figure[cell, metric[2]] = value
}
function shown(cell, p) { return figure[cell, p] == "" ? "-" : sprintf("%.3g", figure[cell, p] / 1e6) }
function rate(value) { return value < 1000 ? sprintf("%.3g/s", value) : sprintf("%.1f k/s", value / 1000) }
END {
  split("sleeper echo", loads, " ")
  for (l = 1; l <= 2; ++l) {
    load = loads[l]
    printf "\n| beside `%s` | 1 CPU thread | 2 CPU threads | 4 CPU threads |\n|---|---|---|---|\n", load
    for (r = 1; r <= rows[load]; ++r) {
      lock = order[load, r]
      printf "| `%s` |", lock
      for (k = 1; k <= 4; k *= 2) {
        cell = load SUBSEP lock SUBSEP k
        printf " %.2f · **%s** · %s · %s |", cores[cell], rate(figure[cell, "rate"]), shown(cell, "p50"), shown(cell, "p99")
      }
      print ""
    }
  }
}
