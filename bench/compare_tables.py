"""The comparison as a table for the terminal and for the documentation."""

PEERS = ["ns-3", "SystemC", "SimGrid", "SimPy"]
NAMES = {"hold": "HOLD", "event-set": "HOLD, bare event set", "queue": "M/M/", "lock": "LOCK",
         "lock-timer": "LOCK-T", "machine": "machine",
         "machine-lawless": "machine, no law checker", "machine-io": "machine + sleeper",
         "scale": "scale", "scale-lock": "scale, all want the lock"}


def name_of(row):
    if row["workload"] == "queue":
        return "M/M/%d" % row["size"]
    return "%s %s" % (NAMES[row["workload"]], "{:,}".format(row["size"]))


def number(value):
    return "%.1f" % value if value < 100 else "%.0f" % value


def target(value):
    return "-" if value is None else "%g" % value


def ratios(row):
    own = row["programs"]["gilsim"]["best_ns"]
    return {peer: row["programs"][peer]["best_ns"] / own
            for peer in PEERS if row["programs"].get(peer)}


def against(row, peer, ratio_of):
    if peer not in ratio_of:
        return "-"
    return "%s (%sx)" % (number(row["programs"][peer]["best_ns"]), number(ratio_of[peer]))


def compared(report):
    heading = ["workload", "gilsim ns", "median", "target"] + PEERS + ["best peer", "target"]
    lines = []
    for row in report["results"]:
        if len(row["programs"]) == 1:
            continue
        own, ratio_of = row["programs"]["gilsim"], ratios(row)
        lines.append([name_of(row), number(own["best_ns"]), number(own["median_ns"]),
                      target(row["target_ns"])] +
                     [against(row, peer, ratio_of) for peer in PEERS] +
                     ["%.1fx" % min(ratio_of.values()), target(row["target_ratio"])])
    return heading, lines


def alone(report):
    heading = ["workload", "ns per event", "median", "target", "events", "CPU time", "peak memory"]
    lines = []
    for row in report["results"]:
        if len(row["programs"]) > 1:
            continue
        own = row["programs"]["gilsim"]
        lines.append([name_of(row), number(own["best_ns"]), number(own["median_ns"]),
                      target(row["target_ns"]), "{:,}".format(own["operations"]),
                      "%.2f s" % (own["best_ns"] * own["operations"] * 1e-9),
                      "%.0f MB" % (own["peak_resident_bytes"] * 1e-6)])
    return heading, lines


def derived(report):
    """Sentences for the targets that no single row shows."""
    rows = {(row["workload"], row["size"]): row for row in report["results"]}

    def cost(*key):
        return rows[key]["programs"]["gilsim"]["best_ns"]

    lines = []
    if ("lock-timer", 2) in rows and ("lock-timer", 1000) in rows:
        lines.append("LOCK-T: 1,000 threads cost %.2f times what 2 cost (target: at most 1.3)" %
                     (cost("lock-timer", 1000) / cost("lock-timer", 2)))
        for peer, least in (("SimGrid", 50), ("SimPy", 300)):
            worst = min(ratios(row)[peer] for row in report["results"]
                        if row["workload"] == "lock-timer")
            lines.append("LOCK-T: %s takes at least %.0f times as long (target: %d)" %
                         (peer, worst, least))
    for workload in ("machine", "machine-io"):
        if (workload, 8) in rows:
            row = rows[workload, 8]
            own = row["programs"]["gilsim"]
            lines.append("%s: %.1f million events/s (target: 10); %g s simulated in %.2f s" %
                         (NAMES[workload], 1e3 / own["best_ns"], row["amount"] / 1e3,
                          own["best_ns"] * own["operations"] * 1e-9))
    if ("machine", 8) in rows and ("machine-lawless", 8) in rows:
        lines.append("law checker: %.0f %% slower with it (target: at most 25)" %
                     (100 * (cost("machine", 8) / cost("machine-lawless", 8) - 1)))
    if ("scale", 1000) in rows and ("scale", 1000000) in rows:
        memory = rows["scale", 1000000]["programs"]["gilsim"]["peak_resident_bytes"] * 1e-6
        lines.append("scale: a million threads take %.0f MB (target: 400) and %.1f times the time "
                     "per event of a thousand (target: at most 3)" %
                     (memory, cost("scale", 1000000) / cost("scale", 1000)))
    return lines


def aligned(heading, lines):
    widths = [max(len(line[i]) for line in [heading] + lines) for i in range(len(heading))]
    return "\n".join("  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                               for i, (cell, width) in enumerate(zip(line, widths))).rstrip()
                     for line in [heading] + lines)


def text(report):
    blocks = [aligned(*table(report)) for table in (compared, alone)] + ["\n".join(derived(report))]
    if report["quick"]:
        blocks.append("A quick run: everything works; the figures say nothing.")
    return "\n\n".join(blocks)


def markdown_table(heading, lines):
    rule = ["---"] + ["---:"] * (len(heading) - 1)
    return "\n".join("| " + " | ".join(line) + " |" for line in [heading, rule] + lines)


def markdown(report):
    host = report["host"]
    packages = ", ".join("%s %s" % pair for pair in sorted(host["packages"].items()))
    about = "Measured on %s, Linux %s, with %s." % (host["processor"], host["kernel"], packages)
    blocks = [about] + [markdown_table(*table(report)) for table in (compared, alone)]
    return "\n\n".join(blocks + ["\n".join("- " + line for line in derived(report))]) + "\n"
