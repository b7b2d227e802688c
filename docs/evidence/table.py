"""The tables of docs/evidence.md, from the reports of `gilsim validate --json`.

    python3 docs/evidence/table.py configs/measured/evidence-*.json

Prints Markdown: each point predicted, measured, and what one would compute on a napkin; then, for
each kind of case, the mean error, how often it is within 10 and 20 %, and how often the measured
range (5 to 95 % of the runs) touches the predicted one.
"""
import json
import sys

COMPUTING = ("cpu", "one-us", "three-us", "ten-us", "hundred-us")
SCALE = {"ns": 1e-6}
WHAT = {"rate": "operations/s", "p50": "p50, ms", "p99": "p99, ms", "wall": "wall time, ms"}


def number(value):
    if abs(value) >= 100:
        return "%.0f" % value
    return "%.1f" % value if abs(value) >= 10 else "%.2f" % value


def cell(figure, scale):
    return "%s [%s, %s]" % tuple(number(figure[key] * scale) for key in ("median", "low", "high"))


def percent(predicted, measured):
    return "%+.0f %%" % ((predicted / measured - 1) * 100)


def points(path):
    with open(path) as file:
        for point in json.load(file)["points"]:
            who, _, what = point["metric"].rpartition(".")
            if what in WHAT and not who.startswith(COMPUTING):
                yield point, who, what


def row(point, what):
    scale = SCALE.get(point["unit"], 1)
    predicted, measured = point["predicted"], point["measured"]
    trivial = [percent(point["baseline"][name], measured["median"])
               if name in point.get("baseline", {}) else "" for name in ("interval", "k intervals")]
    interval = "%g ms" % (point.get("switch_interval_ns", 0) / 1e6)
    return [point["strategy"], str(point["workers"]), str(point["cores"]), point["interpreter"],
            interval, WHAT[what], cell(predicted, scale), cell(measured, scale),
            percent(predicted["median"], measured["median"])] + trivial


def summary(groups):
    print("\n| case | cores | figure | points | mean error | within 10 % | within 20 % | ranges touch |")
    print("|---|---|---|---|---|---|---|---|")
    for (case, cores, what), members in groups.items():
        errors = [abs(m["predicted"]["median"] / m["measured"]["median"] - 1) for m in members]
        touch = [m["predicted"]["low"] <= m["measured"]["high"] and
                 m["measured"]["low"] <= m["predicted"]["high"] for m in members]
        print("| %s | %d | %s | %d | %.0f %% | %d | %d | %d |" % (
            case, cores, WHAT[what].split(",")[0], len(members), 100 * sum(errors) / len(errors),
            sum(e <= 0.1 for e in errors), sum(e <= 0.2 for e in errors), sum(touch)))


def main():
    groups = {}
    for path in sys.argv[1:]:
        print("\n### %s\n" % path.split("/")[-1].replace("evidence-", "").replace(".json", ""))
        print("| threads | workers | cores | interpreter | interval | figure | predicted | measured "
              "| error | one interval | K intervals |")
        print("|" + "---|" * 11)
        for point, who, what in points(path):
            if not point["measured"]["median"]:
                continue
            print("| %s |" % " | ".join(row(point, what)))
            computing = sum(name.startswith(COMPUTING) for name in point["strategy"].split("+"))
            case = "%s beside %d" % (who, computing) if who else point["strategy"]
            groups.setdefault((case, point["cores"], what), []).append(point)
    summary(groups)


if __name__ == "__main__":
    main()
