"""The kills of Benchmarks/kills: draws an act and a moment, kills, and compares what is left with what was acknowledged."""
import datetime, hashlib, json, os, random, shutil, signal, sqlite3, subprocess, sys, time, urllib.error, urllib.request

program, folder, wanted, seed, port = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
lot = random.Random(seed)
desk, morning = os.path.join(folder, "desk"), os.path.join(folder, "morning")
day = sorted(os.listdir(os.path.join(desk, "days")))[-1]
shutil.copytree(desk, morning)
findings, table, kills, turn = [], {}, 0, 0
FIRST = datetime.date(2031, 1, 1)


def command(*arguments, workspace=desk):
    return [program, *arguments, "--workspace", workspace, "--quiet"]


def ask(method, path, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1{path}", data, {"Content-Type": "application/json", **(headers or {})}, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers, json.loads(answer.read() or b"null")


def killed(arguments, longest):
    """True if the program was killed while it ran; False if it was done before and succeeded."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        process.wait(timeout=lot.uniform(0, longest))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    _, errors = process.communicate()
    if process.returncode not in (0, -signal.SIGKILL):
        findings.append(f"turn {turn}: {' '.join(arguments[1:4])} ended with {process.returncode}: {errors.decode()[-300:]}")
    return process.returncode == -signal.SIGKILL


def query(text, *values, workspace=desk):
    store = sqlite3.connect(os.path.join(workspace, "spotdesk.sqlite"))
    try:
        return store.execute(text, values).fetchall()
    finally:
        store.close()


def sound(workspace):
    found = query("PRAGMA quick_check", workspace=workspace)
    if found != [("ok",)]:
        findings.append(f"turn {turn}: the store is damaged: {found[:3]}")


def judge(act, wasKilled, there, whole):
    """Counts what is left: `there` records of `whole`."""
    row = table.setdefault(act, {"killed": 0, "acknowledged": 0, "whole": 0, "absent": 0})
    row["killed" if wasKilled else "acknowledged"] += 1
    row["whole" if there == whole else "absent"] += 1 if there in (0, whole) else 0
    if there not in (0, whole):
        findings.append(f"turn {turn}: {act}: half-written, {there} of {whole}")
    elif not wasKilled and there != whole:
        findings.append(f"turn {turn}: {act}: acknowledged and lost")


# Every import has days of its own, far ahead.
imports, offset = {}, 0


def importing():
    global offset
    days = lot.choice([2, 20, 300])
    first, offset = FIRST + datetime.timedelta(days=offset), offset + days
    path = os.path.join(folder, f"import-{turn}.csv")
    with open(path, "w") as out:
        out.write("day,interval_end,wind.forecast [MW]\n")
        for number in range(days):
            for quarter in range(1, 97):
                out.write(f"{first + datetime.timedelta(days=number)},{quarter // 4:02}:{quarter % 4 * 15:02},{turn}\n")
    wasKilled = killed(command("import", path, "--format", "series"), typical["import"] * (1 + days / 300))
    digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
    os.remove(path)
    number = (first - datetime.date(1970, 1, 1)).days
    there = query("SELECT count(*) FROM observations WHERE day >= ? AND day < ?", number, number + days)[0][0]
    known = query("SELECT count(*) FROM imports WHERE sha256 = ?", digest)[0][0]
    if known != (there > 0):
        findings.append(f"turn {turn}: import: {there} days, {known} rows of the list of imports")
    judge("import", wasKilled, there, days)
    imports[turn] = (number, days, there)


acts = {}


def drafting():
    wasKilled = killed(command("bids", "draft", day, "--by", f"turn-{turn}"), 1.5 * typical["draft"])
    there = query("SELECT count(*) FROM audit_entries WHERE actor = ?", f"turn-{turn}")[0][0]
    judge("bids draft", wasKilled, there, 1)
    acts[turn] = there


def files(workspace):
    place = os.path.join(workspace, "days", day)
    return {name: hashlib.sha256(open(os.path.join(place, name), "rb").read()).hexdigest() for name in sorted(os.listdir(place))}


before = files(morning)


def preparing():
    """The same morning again gives the same bytes: every file must be as it was, killed or not."""
    wasKilled = killed(command("day", workspace=morning), 1.3 * typical["day"])
    now = files(morning)
    for name in sorted(set(now) | set(before)):
        if now.get(name) != before.get(name):
            findings.append(f"turn {turn}: day: {name} is {'not whole' if name in now and name in before else 'left over' if name in now else 'lost'}")
    judge("day", wasKilled, 1, 1)
    sound(morning)


price = {"acknowledged": None, "sent": None}


def serving():
    """A trader writes one draft again and again; the server is killed while it answers."""
    server = subprocess.Popen(command("serve", "--port", str(port), "--read-limit", "0", "--write-limit", "0"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(500):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=20).read()
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    try:
        unit = ask("GET", "/units")[1]["units"][0]["unit"]
        path = f"/days/{day}/drafts/{unit}"
        if price["acknowledged"] is None:
            ask("POST", f"/days/{day}/drafts", {"unit": unit})
        headers, draft = ask("GET", path)
        own = draft["segments"][-1]["price_per_MWh"]
        there = 1 if price["acknowledged"] is None or own in (price["acknowledged"], price["sent"]) else 0
        if not there:
            findings.append(f"turn {turn}: draft: {price['acknowledged']} was acknowledged, {price['sent']} sent, {own} is there")
        price["acknowledged"] = own
        ending = time.monotonic() + lot.uniform(0.01, 0.8)
        pid = os.fork()
        if pid == 0:  # Kills by its own clock, whatever the writer waits for.
            time.sleep(max(0, ending - time.monotonic()))
            os.kill(server.pid, signal.SIGKILL)
            os._exit(0)
        try:
            while True:
                price["sent"] = round(900 + lot.uniform(0, 500))
                draft["segments"][-1]["price_per_MWh"] = price["sent"]
                headers, _ = ask("PUT", path, {"segments": draft["segments"]}, {"If-Match": headers.get("ETag", "")})
                price["acknowledged"] = price["sent"]
                table.setdefault("server", {}).setdefault("writes", 0)
                table["server"]["writes"] += 1
        except (urllib.error.URLError, ConnectionError, OSError) as problem:
            if isinstance(problem, urllib.error.HTTPError):
                findings.append(f"turn {turn}: server: {problem.code} {problem.read()[:200]}")
        os.waitpid(pid, 0)
    finally:
        server.kill()
        server.wait()
    row = table.setdefault("server", {})
    row["killed"] = row.get("killed", 0) + 1
    return True


def seconds(arguments):
    begin = time.monotonic()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


typical = {"import": 1, "draft": seconds(command("bids", "draft", day, "--by", "measure")), "day": seconds(command("day", workspace=morning))}
typical["import"] = 1.5 * typical["draft"]
names = sorted(os.listdir(desk))
began = time.monotonic()
while kills < wanted and len(findings) < 20:
    turn += 1
    act = lot.choices([importing, drafting, serving, preparing], [55, 27, 15, 3])[0]
    act()
    sound(desk)
    kills = sum(row.get("killed", 0) for row in table.values())
    if turn % 100 == 0:
        print(f"turn {turn}: {kills} killed, {len(findings)} findings", flush=True)

# What was acknowledged early must still be there at the end.
for number, days, there in imports.values():
    if query("SELECT count(*) FROM observations WHERE day >= ? AND day < ?", number, number + days)[0][0] != there:
        findings.append(f"import of day {number}: not what it was after its turn")
for number, there in acts.items():
    if query("SELECT count(*) FROM audit_entries WHERE actor = ?", f"turn-{number}")[0][0] != there:
        findings.append(f"act of turn {number}: not what it was after its turn")
for name in ("audit verify", "doctor"):
    run = subprocess.run([program, *name.split(), "--workspace", desk], capture_output=True, text=True)
    print(f"{name}: {(run.stdout.strip() or run.stderr.strip()).splitlines()[-1]}")
    if run.returncode:
        findings.append(f"{name} ended with {run.returncode}")
left = sorted(set(os.listdir(desk)) - set(names) - {"drafts", "jobs", "spotdesk.sqlite-wal", "spotdesk.sqlite-shm", "bids"})
for name in left:
    print(f"new in the workspace: {name}")
for act, row in sorted(table.items()):
    print(f"{act}: " + ", ".join(f"{count} {what}" for what, count in row.items()))
print(f"{kills} kills in {time.monotonic() - began:.0f} s, seed {seed}: {len(findings)} lost or half-written")
for finding in findings:
    print(finding)
sys.exit(1 if findings else 0)
