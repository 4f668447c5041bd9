#!/usr/bin/env python3
"""Clients that mean no good, against a server on this machine: python3 Tests/Browser/hostile.py PORT JOB [STREAMS]

JOB is the number of a job that waits or runs for a minute, or "-" for none. Prints one line for each trial; exit code 1 if the server
did not survive one. Only 127.0.0.1 is asked; every loop is bounded.
"""
import resource
import socket
import sys
import time

# Thousands of sockets need as many descriptors.
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard == resource.RLIM_INFINITY or hard < 65_536 else 65_536, hard))

port, job = int(sys.argv[1]), sys.argv[2]
streams = int(sys.argv[3]) if len(sys.argv) > 3 else 200
failures = 0


def connect(timeout=30):
    return socket.create_connection(("127.0.0.1", port), timeout=timeout)


def read_all(connection, limit=1 << 20):
    data = b""
    try:
        while len(data) < limit:
            part = connection.recv(65536)
            if not part:
                break
            data += part
    except (ConnectionError, socket.timeout):
        pass
    return data


def exchange(request, timeout=30, head_only=False):
    with connect(timeout) as connection:
        try:
            connection.sendall(request)
        except ConnectionError:
            pass
        return connection.recv(65536) if head_only else read_all(connection)


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def trial(name, works):
    global failures
    failures += 0 if works else 1
    print(("ok     " if works else "FAILED ") + name, flush=True)


def alive():
    return status(exchange(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) == 200


def get(target):
    return exchange(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")


def post(target, body, extra=b""):
    head = b"POST " + target + b" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n" + extra
    return exchange(head + b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body)


trial("the server lives", alive())

# Paths
for target in [b"/assets/../../etc/passwd", b"/assets/..%2f..%2fetc%2fpasswd", b"/%2e%2e/%2e%2e/etc/passwd", b"//etc/passwd",
               b"/api/v1/days/%00/bids", b"/assets/%", b"/api/v1/customers/..%2f..%2fetc%2fpasswd", b"/api/v1/customers/%2e%2e/packages",
               b"/api/v1/customers?cursor=../../etc/passwd", b"/api/v1/jobs/..%2f..%2fapi-keys.json/result", b"/api/v1/jobs/%2e%2e%2fx/events", b"/?a=%zz", b"/" + b"a" * 9000]:
    answer = get(target)
    trial(f"path {target[:40].decode()}: {status(answer)}", status(answer) in (200, 400, 404, 414, 431) and b"root:" not in answer)

# Requests that are none
for name, request in [("garbage", b"\x00\xff\x16\x03\x01 nonsense\r\n\r\n"), ("no version", b"GET /\r\n\r\n"),
                      ("two lengths", b"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"),
                      ("length and chunks", b"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                      ("negative length", b"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"),
                      ("too many headers", b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(2000)) + b"\r\n"),
                      ("long header", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n")]:
    answer = exchange(request, timeout=20)
    trial(f"{name}: {status(answer)}", status(answer) in (0, 400, 403, 408, 413, 415, 431) and alive())

# Bodies
trial("deep JSON", status(post(b"/api/v1/jobs", b"[" * 500_000)) == 400)
trial("deep JSON in a field", status(post(b"/api/v1/jobs", b'{"kind":' + b"[" * 400_000)) == 400)
trial("many fields", status(post(b"/api/v1/jobs", b"{" + b",".join(b'"a%d":1' % n for n in range(50_000)) + b"}")) == 422)
trial("bytes that are no text", status(post(b"/api/v1/jobs", bytes(range(256)) * 10)) == 400)
with connect() as connection:
    connection.sendall(b"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n")
    trial("100 MB announced", status(connection.recv(65536)) == 413)
with connect() as connection:
    connection.sendall(b"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    sent, block = 0, b"10000\r\n" + b" " * 65536 + b"\r\n"
    try:
        while sent < 100_000_000:
            connection.sendall(block)
            sent += 65536
    except OSError:
        pass
    trial(f"100 MB in chunks, given up after {sent >> 20} MB", sent < 100_000_000 and alive())

# Slow clients and half-closed sockets
begin = time.monotonic()
with connect(60) as connection:
    ended = False
    for byte in b"GET /health HTTP/1.1\r\nX-Slow: " + b"a" * 200:
        try:
            connection.sendall(bytes([byte]))
            time.sleep(0.25)
            if time.monotonic() - begin > 40:
                break
        except OSError:
            ended = True
            break
    trial(f"a head that drips is cut off after {time.monotonic() - begin:.0f} s", ended and alive())
with connect(60) as connection:
    begin = time.monotonic()
    connection.sendall(b"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
    answer = connection.recv(65536)
    trial(f"a body that does not come: {status(answer)} after {time.monotonic() - begin:.0f} s", status(answer) == 408)
with connect() as connection:
    connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
    connection.shutdown(socket.SHUT_WR)
    trial("half-closed after the request", status(read_all(connection)) == 200)
held = [connect() for _ in range(500)]
trial("500 silent connections", alive())
for connection in held:
    connection.close()

with connect() as connection:
    connection.sendall(b"POST /api/v1/days/2023-03-15/statement HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 100000000\r\n\r\n")
    trial("a statement of 100 MB announced", status(connection.recv(65536)) == 413)


def open_streams():
    text = exchange(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").decode()
    return next((int(float(line.split()[1])) for line in text.splitlines() if line.startswith("spotdesk_event_streams ")), -1)


# Event streams: thousands that are read, some that never are, half-closed ones, and all gone at once.
if job != "-":
    ask = f"GET /api/v1/jobs/{job}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    deaf = []
    for _ in range(50):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.connect(("127.0.0.1", port))
        connection.sendall(ask)
        deaf.append(connection)
    half = []
    for _ in range(50):
        connection = connect()
        connection.sendall(ask)
        connection.shutdown(socket.SHUT_WR)
        half.append(connection)
    trial("50 streams that are never read and 50 that are half-closed", alive())
    time.sleep(1)
    trial(f"the half-closed ones are ended: {open_streams()} left", open_streams() == 50)
    begin = time.monotonic()
    held = []
    for _ in range(streams):
        connection = connect()
        connection.sendall(ask)
        held.append(connection)
    opened = sum(status(connection.recv(4096)) == 200 for connection in held)
    trial(f"{opened} of {streams} event streams opened in {time.monotonic() - begin:.1f} s, {open_streams()} in all", opened == streams and alive())
    begin = time.monotonic()
    answered = sum(alive() for _ in range(50))
    trial(f"{answered} of 50 requests answered beside them in {time.monotonic() - begin:.2f} s", answered == 50)
    for connection in held + half + deaf:
        connection.close()
    left = open_streams()
    for _ in range(100):
        if left == 0:
            break
        time.sleep(0.1)
        left = open_streams()
    trial(f"and closed at once: {left} left", left == 0 and alive())

sys.exit(1 if failures else 0)
