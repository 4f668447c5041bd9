"""The clients of Benchmarks/soak: wrk's 64 connections beside one process that edits drafts, opens and drops event streams and starts backtests."""
import datetime, json, os, socket, subprocess, sys, threading, time, urllib.error, urllib.request

port, server, folder, minutes, warm, pause = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4]), float(sys.argv[5]), int(sys.argv[6])
base = f"http://127.0.0.1:{port}/api/v1"
errors, done, lock = [], {}, threading.Lock()


def ask(method, path, body=None, headers=None):
    """Status, headers and value of an answer; an answer of 500 and more, or none at all, is an error."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data, {"Content-Type": "application/json", **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, json.loads(refusal.read() or b"null")


def expect(what, status, wanted):
    with lock:
        done[what] = done.get(what, 0) + 1
        if status not in wanted:
            errors.append(f"{what}: {status}")


rows = ask("GET", "/days?limit=1000")[2]["days"]
day = sys.argv[7] or next(row["day"] for row in rows if "review" in row["documents"])
unit = ask("GET", "/units")[2]["units"][0]["unit"]
known = next(row["day"] for row in rows if row["prices_known"])
status, _, opening = ask("POST", f"/days/{day}/what-if", {"unit": unit})
reads = [f"/api/v1/days/{day}{part}" for part in ("/bids", "/review", "/checks", "/forecasts/price", "/market", "/clearing", "/position", "/drafts")] + \
    ["/api/v1/days", "/api/v1/units", "/api/v1/rules", "/api/v1/data-quality", "/api/v1/customers", "/api/v1/customer-alerts", "/health", "/metrics", "/"]


def there(path):
    """Whether the server has the document; what it lacks is said and left out of the load."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=120).read()
        return True
    except urllib.error.HTTPError as refusal:
        print(f"left out: {path} answers {refusal.code}")
        return False


reads = [path for path in reads if there(path)]
script = os.path.join(folder, "mix.lua")
with open(script, "w") as out:
    out.write("local paths = {" + ", ".join(f'"{path}"' for path in reads) + "}\n")
    out.write(f'local at = 0\nfunction delay() return {pause} end\nfunction request()\n  at = at + 1\n')
    if status == 200:  # One in five hundred is a what-if.
        out.write(f'  if at % 500 == 0 then return wrk.format("POST", "/api/v1/days/{day}/what-if", {{["Content-Type"] = "application/json"}}, \'{json.dumps({"unit": unit})}\') end\n')
    out.write('  return wrk.format("GET", paths[at % #paths + 1], {["Accept-Encoding"] = "gzip"})\nend\n')
    # Every answer that is not 200 is an error: all of the paths were there before the load began.

ending = time.monotonic() + 60 * minutes


def traders():
    """Two traders on one draft: the second sends the tag of before and must be refused."""
    turn = 0
    while time.monotonic() < ending:
        turn += 1
        code, _, _ = ask("POST", f"/days/{day}/drafts", {"unit": unit})
        expect("draft opened", code, (200, 201))
        code, headers, draft = ask("GET", f"/days/{day}/drafts/{unit}")
        tag = headers.get("ETag", "")
        segments = {"segments": draft["segments"]}
        segments["segments"][-1]["price_per_MWh"] += turn % 7
        expect("draft written", ask("PUT", f"/days/{day}/drafts/{unit}", segments, {"If-Match": tag})[0], (200,))
        segments["segments"][-1]["price_per_MWh"] += 1
        expect("draft of another refused", ask("PUT", f"/days/{day}/drafts/{unit}", segments, {"If-Match": tag})[0], (409, 412))
        tag = ask("GET", f"/days/{day}/drafts/{unit}")[1].get("ETag", "")
        expect("draft dropped", ask("DELETE", f"/days/{day}/drafts/{unit}", None, {"If-Match": tag})[0], (200, 204))
        time.sleep(5)


def jobs():
    """A backtest of three days every five minutes, with a hundred event streams of which half are dropped without a word."""
    last = datetime.date.fromisoformat(known)
    turn = 0
    while time.monotonic() < ending:
        turn += 1
        first = last - datetime.timedelta(days=2 + turn % 3)
        code, _, job = ask("POST", "/jobs", {"kind": "backtest", "from": str(first), "to": known})
        expect("job", code, (202,))
        streams = []
        for _ in range(100):
            streams.append(socket.create_connection(("127.0.0.1", port)))
            streams[-1].sendall(f"GET /api/v1/jobs/{job['id']}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        for stream in streams:
            expect("event stream", 200 if stream.recv(2048).startswith(b"HTTP/1.1 200") else 500, (200,))
        for stream in streams[::2]:
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        for stream in streams:
            stream.close()
        while time.monotonic() < ending and ask("GET", f"/jobs/{job['id']}")[2]["state"] in ("queued", "running"):
            time.sleep(2)
        expect("job " + ask("GET", f"/jobs/{job['id']}")[2]["state"], 200, (200,))
        time.sleep(max(0, min(300, ending - time.monotonic())))


def measure():
    """Resident MB, descriptors and threads of the server."""
    status = dict(line.split(":", 1) for line in open(f"/proc/{server}/status") if ":" in line)
    return int(status["VmRSS"].split()[0]) / 1024, len(os.listdir(f"/proc/{server}/fd")), int(status["Threads"])


load = subprocess.Popen(["wrk", "-t1", "-c64", f"-d{int(60 * minutes)}s", "--timeout", "30s", "--latency", "-s", script, f"http://127.0.0.1:{port}"],
                        stdout=subprocess.PIPE, text=True)
threads = [threading.Thread(target=work, daemon=True) for work in (traders, jobs)]
for thread in threads:
    thread.start()
begin, rows = time.monotonic(), []
print(f"day {day}, {len(reads)} documents, what-if {'with' if status == 200 else 'without: ' + str(opening)[:200]}; {minutes:g} minutes, 64 connections")
print("minute  resident MB  descriptors  threads  errors", flush=True)
while time.monotonic() < ending:
    resident, descriptors, running = measure()
    rows.append(((time.monotonic() - begin) / 60, resident, descriptors))
    print(f"{rows[-1][0]:6.1f} {resident:12.1f} {descriptors:12d} {running:8d} {len(errors):7d}", flush=True)
    time.sleep(min(60, max(0.1, ending - time.monotonic())))
report = load.communicate()[0]
print(report.strip())
print("beside them: " + ", ".join(f"{what} {count}" for what, count in sorted(done.items())))
time.sleep(5)
resident, descriptors, _ = measure()
settled = [row for row in rows if row[0] >= warm]
failed = list(errors)
failed += [line.strip() for line in report.splitlines() if "Non-2xx" in line or "Socket errors" in line]
if len(settled) > 3:
    mean = sum(row[0] for row in settled) / len(settled)
    level = sum(row[1] for row in settled) / len(settled)
    slope = sum((row[0] - mean) * (row[1] - level) for row in settled) / sum((row[0] - mean) ** 2 for row in settled)
    print(f"after minute {warm:g}: mean {level:.1f} MB, least {min(row[1] for row in settled):.1f}, most {max(row[1] for row in settled):.1f}, slope {60 * slope:+.2f} MB an hour")
    if 60 * slope > 0.05 * level:
        failed.append(f"memory grew by {60 * slope:.1f} MB an hour")
print(f"five seconds after the load: {resident:.1f} MB, {descriptors} descriptors")
if descriptors > rows[0][2] + 8:
    failed.append(f"{descriptors} descriptors are open, {rows[0][2]} at the beginning")
for line in sorted(set(failed)):
    print(f"FAILED {line}" + (f" ({failed.count(line)} times)" if failed.count(line) > 1 else ""))
sys.exit(1 if failed else 0)
