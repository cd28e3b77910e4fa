# SPDX-License-Identifier: BSL-1.0
"""What was measured, as Markdown."""
from driver import samples

# Groups in the order of the page: the part of a case's key before the first dot, and what it is about.
GROUPS = (
    ("small", "Many small files"),
    ("source", "A tree like the Linux sources"),
    ("usr", "/usr"),
    ("unchanged", "Nothing to do"),
    ("large", "One large file"),
    ("walk", "Walking: names and types"),
    ("walk-size", "Walking: the size of each entry"),
    ("remove", "Removing"),
    ("memory", "Memory"),
    ("engine", "One operation"),
)


def group(case):
    return case["key"].split(".")[0]


def duration(seconds):
    """Three digits and a unit that fits."""
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1 or unit == "µs":
            value = seconds * factor
            digits = 2 if value < 10 else 1 if value < 100 else 0
            return f"{value:.{digits}f} {unit}"
    return ""


def times(value):
    return f"{value:.2f} ×" if value < 10 else f"{value:.0f} ×"


def table(head, rows):
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |" for cells in (head, *rows)]
    lines.insert(1, "|" + "---|" * len(head))
    return "\n".join(lines) + "\n"


def rate(work, seconds):
    """Files, bytes or operations a second, whichever says more."""
    if work.get("files", 0) > 1:
        return f"{work['files'] / seconds / 1000:.0f} k files/s"
    if work.get("bytes"):
        return f"{work['bytes'] / seconds / 1e9:.2f} GB/s"
    if work.get("operations"):
        return f"{work['operations'] / seconds / 1000:.0f} k/s"
    return ""


def case_rows(case):
    """A line for each program; the first one names the case."""
    ours = case["contestants"][case["ours"]]["samples"]
    for number, (name, one) in enumerate(case["contestants"].items()):
        wall, cpu = (samples.summary(samples.column(one["samples"], what)) for what in ("wall", "cpu"))
        against = "" if name == case["ours"] else times(samples.ratio(ours, one["samples"])["median"])
        yield [case["title"] if number == 0 else "", f"**{name}**" if name == case["ours"] else f"`{name}`",
               duration(wall["median"]), f"{duration(wall['min'])} – {duration(wall['max'])}",
               f"{wall['spread'] * 100:.0f} %", duration(cpu["median"]), rate(case["work"], wall["median"]), against]


CASE_HEAD = ["case", "program", "median", "min – max", "spread", "CPU", "rate", "takes, to ours"]


def memory_rows(cases):
    for case in cases:
        for name, one in case["contestants"].items():
            yield [case["title"], name, f"{max(samples.column(one['samples'], 'rss')) / 1024:.1f} MiB"]


def details(cases):
    """A table for each group."""
    parts = []
    for name, title in GROUPS:
        members = [case for case in cases if group(case) == name]
        if not members:
            continue
        if name == "memory":
            body = table(["case", "tree", "largest resident size"], memory_rows(members))
        else:
            body = table(CASE_HEAD, [row for case in members for row in case_rows(case)])
        parts.append(f"### {title}\n\n{body}")
    return "\n".join(parts)


UNITS = {"wall": "time", "cpu": "CPU seconds", "rss": "memory"}


def target_rows(cases):
    """A line for each target, its last cell the judgement."""
    for case in cases:
        for target in case["targets"]:
            found = samples.judge(target, case["contestants"], case["ours"])
            yield [case["title"], f"{UNITS[target['what']]} of `{target['peer']}`", times(target["at_least"]),
                   times(found["ratio"]), f"{found['low']:.2f} – {found['high']:.2f}", times(found["best"]),
                   "reached" if found["reached"] else "**missed**"]


def targets(cases):
    rows = list(target_rows(cases))
    reached = sum(row[-1] == "reached" for row in rows)
    head = ["case", "measured against", "at least", "median of the rounds", "all rounds", "best to best", ""]
    return f"{reached} of {len(rows)} targets are reached.\n\n" + table(head, rows)


def losses(cases):
    """Where a peer was faster, as list items."""
    lines = []
    for case in cases:
        ours = case["contestants"][case["ours"]]["samples"]
        for name, one in case["contestants"].items():
            if name == case["ours"] or group(case) in ("memory", "engine"):
                continue
            found = samples.ratio(ours, one["samples"])["median"]
            if found < 1:
                lines.append(f"- {case['title']}: `{name}` takes {found:.2f} of our time.")
    return "\n".join(lines) or "- Nowhere among the cases above."


def machine(facts):
    cpus = len(facts["cpus_used"])
    lines = [f"- {facts['cpu']}, {cpus} CPU{'s' if cpus != 1 else ''} used, {facts['memory_kb'] >> 20} GiB of memory"
             + (", a virtual machine" if facts["virtual"] else ""),
             f"- Linux {facts['kernel']}" + (", whose scheduler packs threads that wake each other on one CPU"
                                             if facts["scheduler_packs"] else ""),
             f"- load when it began: {facts['load_at_begin']:.2f}",
             f"- {facts['arsync']}, commit {facts['commit']}"]
    return "\n".join(lines + [f"- {version}" for version in facts["peers"].values()])


def options(chosen):
    parts = [f"{chosen['rounds']} rounds (large files: {2 * chosen['rounds'] + 1})",
             "smaller sizes (`--quick`)" if chosen["quick"] else "full sizes"]
    if chosen["pinned"]:
        parts.append("threads and processes pinned in turn")
    return ", ".join(parts)


def short(data):
    """What perf/run.sh writes beside the JSON."""
    return (f"# Measured {data['began']}\n\n{options(data['options'])}.\n\n{machine(data['machine'])}\n\n"
            f"## Targets\n\n{targets(data['cases'])}\n## Cases\n\n{details(data['cases'])}")
