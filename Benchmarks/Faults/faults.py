"""The faults of Benchmarks/Faults/run: counts a command's calls, then lets them fail one after the other."""
import filecmp, hashlib, os, shutil, sqlite3, subprocess, sys

program, folder, each = sys.argv[1], sys.argv[2], int(sys.argv[3])
chosen = sys.argv[4:] or ["init", "import", "day", "draft", "backtest", "customers"]
DOCUMENTED = {2, 3, 5, 65, 66, 73, 75}
# Locks, the heads of the record of acts and reports of a run tell the time; journals (.jsonl) are resumed from any length.
TIMED = {".spotdesk-lock", ".run.lock", "audit-heads.txt", "report.html", "report.json", "report.xlsx", "run.json"}
findings = []


def run(arguments, fault=None):
    environment = dict(os.environ)
    report = os.path.join(folder, "calls")
    if fault:
        kind, at, ever = fault
        environment |= {"LD_PRELOAD": os.path.join(folder, "faults.so"), "FAULT_KIND": kind, "FAULT_AT": str(at), "FAULT_EVER": str(int(ever)),
                        "FAULT_REPORT": report, "SWIFT_BACKTRACE": "enable=no"}
    done = subprocess.run([program, *arguments], capture_output=True, text=True, env=environment, timeout=900)
    if not fault or not os.path.exists(report):
        return done, 0, ""
    count, what = open(report).read().split("\n")[:2]
    os.remove(report)
    return done, int(count), what.replace(folder, "")


def hashes(place):
    """Every file but the store, whose rows are read instead, the lock, and the heads of the record of acts, which tell the time."""
    found = {}
    for base, _, names in os.walk(place):
        for name in names:
            path = os.path.join(base, name)
            if not name.startswith("spotdesk.sqlite") and name not in TIMED and not name.endswith(".jsonl"):
                found[os.path.relpath(path, place)] = hashlib.sha256(open(path, "rb").read()).hexdigest()
    return found


def rows(place):
    """What the store says, but for the moments at which it was told."""
    path = os.path.join(place, "spotdesk.sqlite")
    if not os.path.exists(path):
        return None
    store = sqlite3.connect(path)
    try:
        if store.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "damaged"
        tables = [name for name, in store.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return tuple((name, store.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables)
    finally:
        store.close()


def sentence(errors):
    lines = [line for line in errors.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def copied(source, number):
    place = os.path.join(folder, f"turn-{number}")
    shutil.rmtree(place, ignore_errors=True)
    if source:
        shutil.copytree(source, place, symlinks=True)
    return place


def inject(name, source, arguments, kind):
    """Every fault of a kind in one command; `arguments` takes the workspace."""
    reference = copied(source, 0)
    first, count, _ = run(arguments(reference), (kind, 0, False))
    if first.returncode:
        sys.exit(f"{name} fails without a fault: {first.stderr[-500:]}")
    if not count:
        print(f"{name}: no call of a {'write' if kind == 'write' else 'solver'}")
        return
    want, wantRows, wantText = hashes(reference), rows(reference), first.stdout.replace(reference, "")
    before, beforeRows = (hashes(source), rows(source)) if source else ({}, None)
    places = range(1, count + 1) if not each or count <= each else sorted({1 + round(step * (count - 1) / (each - 1)) for step in range(each)})
    codes, ignored, said = {}, set(), set()
    for number in places:
        for ever in ((False, True) if kind == "write" else (False,)):
            place = copied(source, 1)
            done, _, what = run(arguments(place), (kind, number, ever))
            label = f"{name}: {kind} {number} of {count}{' and all after it' if ever else ''} ({what})"
            codes[done.returncode] = codes.get(done.returncode, 0) + 1
            if done.returncode < 0:
                findings.append(f"{label}: ended by signal {-done.returncode}: {done.stderr[-300:]}")
            elif done.returncode == 1 and kind == "solve" and sentence(done.stderr).startswith("spotdesk: "):
                said.add(sentence(done.stderr).replace(place, "…")[:150])  # A solver that fails is our own defect.
            elif done.returncode and done.returncode not in DOCUMENTED:
                findings.append(f"{label}: exit {done.returncode}: {sentence(done.stderr)}")
            elif done.returncode and not sentence(done.stderr):
                findings.append(f"{label}: exit {done.returncode} without a sentence")
            elif done.returncode:
                said.add(sentence(done.stderr).replace(place, "…")[:150])
            else:
                ignored.add(" ".join(os.path.basename(part) for part in what.split()))
            for left in os.listdir(folder):
                if "partial" in left:
                    findings.append(f"{label}: {left} is left over")
                    shutil.rmtree(os.path.join(folder, left), ignore_errors=True)
            store = rows(place)
            if store == "damaged":
                findings.append(f"{label}: the store is damaged")
            now = hashes(place)
            for path, digest in now.items():
                known = {want.get(path), before.get(path)}
                if kind == "write" and digest not in known and path in (set(want) | set(before)):
                    findings.append(f"{label}: {path} is neither old nor new")
            for path in before:
                if path not in now:
                    findings.append(f"{label}: {path} is lost")
            if kind == "write" and done.returncode == 0 and done.stdout.replace(place, "") != wantText:
                findings.append(f"{label}: done, with another answer")
            if kind == "write":
                again, _, _ = run(arguments(place))
                if again.returncode and "already" not in again.stderr:
                    findings.append(f"{label}: without the fault again: exit {again.returncode}: {sentence(again.stderr)}")
                elif again.returncode == 0:
                    later = hashes(place)
                    wrong = [path for path in want if later.get(path) != want[path]]
                    left = [path for path in later if path not in want]
                    if wrong or left:
                        findings.append(f"{label}: then without the fault: {wrong[:3]} differ, {left[:3]} are left over")
    print(f"{name}: {kind}, {count} calls, {len(places)} places: " + ", ".join(f"{number} × exit {code}" for code, number in sorted(codes.items())), flush=True)
    for text in sorted(said)[:8]:
        print(f"    {text}")
    if ignored:
        print("    done all the same: " + ", ".join(sorted(ignored)))


base = os.path.join(folder, "base")
subprocess.run([program, "init", "--demo", base, "--quiet"], check=True, stdout=subprocess.DEVNULL)
prepared = os.path.join(folder, "prepared")
shutil.copytree(base, prepared)
subprocess.run([program, "day", "--workspace", prepared, "--quiet"], check=True, stdout=subprocess.DEVNULL)
day = sorted(os.listdir(os.path.join(prepared, "days")))[-1]
series = os.path.join(folder, "wind.csv")
with open(series, "w") as out:
    out.write("day,interval_end,wind.forecast [MW]\n")
    for number in range(1, 29):
        for quarter in range(1, 97):
            out.write(f"2031-02-{number:02},{quarter // 4:02}:{quarter % 4 * 15:02},{quarter}\n")
commands = {
    "init": (None, lambda place: ["init", "--demo", place]),
    "import": (base, lambda place: ["import", series, "--format", "series", "--workspace", place]),
    "day": (base, lambda place: ["day", "--workspace", place, "--threads", "1", "--quiet"]),
    "draft": (prepared, lambda place: ["bids", "draft", day, "--by", "lin", "--workspace", place]),
    "backtest": (base, lambda place: ["backtest", "--from", "2026-03-29", "--to", "2026-03-30", "--strategies", "cost-plus-lear", "--threads", "1",
                                      "--workspace", place]),
    "customers": (base, lambda place: ["customers", "demo", os.path.join(place, "customers"), "--customers", "20"]),
}
for name in chosen:
    for kind in ("write", "solve"):
        inject(name, *commands[name], kind)
for finding in findings:
    print(finding)
print(f"{len(findings)} findings")
sys.exit(1 if findings else 0)
