"""Equal results: the end times and mean waits of all programs. Those that count integer nanoseconds
must agree to the last digit; SimGrid's clock is a double in seconds."""

RELATIVE_TOLERANCE = {"SimGrid": 1e-9}


def disagreement(peer, finding, expected):
    """None, or a sentence that says who disagrees with gilsim and by how much."""
    tolerance = RELATIVE_TOLERANCE.get(peer, 0.0)
    if abs(finding["check"] - expected) <= tolerance * abs(expected):
        return None
    return "%s %d: %s got %.17g, gilsim %.17g (allowed: %g of it)" % (
        finding["workload"], finding["size"], peer, finding["check"], expected, tolerance)
