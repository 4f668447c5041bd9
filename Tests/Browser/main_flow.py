#!/usr/bin/env python3
"""A day from the draft to the seal in a real browser, with the keyboard alone.

python3 Tests/Browser/main_flow.py PORT DAY UNIT TRADER_KEY CHECKER_KEY [PICTURES]
Needs playwright (PyPI) and chromium (Debian); exit code 77 where one is missing. PICTURES is a folder for pictures of the steps.
"""
import os
import shutil
import sys

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sys.exit(77)
browser_file = shutil.which("chromium")
if not browser_file:
    sys.exit(77)
port, day, unit, trader, checker = sys.argv[1:6]
pictures = sys.argv[6] if len(sys.argv) > 6 else None
base = f"http://127.0.0.1:{port}/"


def picture(page, name):
    if pictures:
        os.makedirs(pictures, exist_ok=True)
        page.screenshot(path=os.path.join(pictures, name + ".png"), full_page=True)


def ready(page, name):
    page.wait_for_selector(f'#main[data-ready="{name}"]', timeout=180_000)


def use_key(page, key):
    page.keyboard.press("u")
    page.wait_for_selector("#dialog[open] input")
    page.keyboard.press("Control+a")
    page.keyboard.type(key)
    page.keyboard.press("Enter")
    page.wait_for_selector("#dialog:not([open])", state="attached")
    page.wait_for_timeout(600)


def stage(page, name):
    page.wait_for_selector(f'.steps li.now:has-text("{name}")', timeout=180_000)


def act(page, name):
    """n goes to the day's next act, Enter does it."""
    page.wait_for_selector(f'button.main[data-act="{name}"]', timeout=180_000)
    page.keyboard.press("n")
    page.keyboard.press("Enter")


with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=browser_file, args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    faults, outside = [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith((base, "data:", "blob:")) else None)
    page.goto(base + f"?lang=en&theme=light#/today/{day}")
    page.wait_for_selector("#dialog[open] input", timeout=180_000)  # the server wants a key
    page.keyboard.type(trader)
    page.keyboard.press("Enter")
    page.wait_for_selector("#dialog:not([open])", state="attached")
    ready(page, "today")

    page.keyboard.press("/")
    page.keyboard.type(unit)
    page.keyboard.press("Enter")
    ready(page, "bids")
    page.wait_for_selector("text=answered in", timeout=180_000)
    assert page.evaluate("desk.parts.unit") == unit, "search opens the unit"

    page.keyboard.press("i")
    for _ in range(3):  # the price of the second segment
        page.keyboard.press("Tab")
    before = page.evaluate("document.activeElement.value")
    page.keyboard.press("ArrowUp")
    after = page.evaluate("document.activeElement.value")
    assert float(after) == float(before) + 1, (before, after)
    page.keyboard.press("Control+s")
    page.wait_for_selector("text=Draft saved, version", timeout=30_000)
    page.keyboard.press("Escape")
    picture(page, "1-draft")

    act(page, "draft")
    stage(page, "draft")
    act(page, "check")
    stage(page, "checked")
    picture(page, "2-checked")
    use_key(page, checker)
    ready(page, "bids")
    # What stops the submission is overridden with a reason, one after another; what blocks it ends the flow here.
    for _ in range(40):
        page.wait_for_selector(".steps li.now")
        stops = page.locator(".steps ~ div .row button, .steps ~ div button:has-text('…')").all()
        if not stops:
            break
        stops[0].focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#dialog[open] input")
        page.keyboard.type("agreed with the risk desk by telephone")
        page.keyboard.press("Enter")
        page.wait_for_timeout(800)
    act(page, "approve")
    stage(page, "approved")
    use_key(page, trader)
    ready(page, "bids")
    act(page, "seal")
    stage(page, "sealed")
    picture(page, "3-sealed")

    page.keyboard.press("?")
    page.wait_for_selector("#dialog[open] kbd")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)
    assert page.evaluate("desk.day") != day, "the arrow goes to the day before"
    assert not faults, faults
    assert not outside, outside
    browser.close()
print("ok     from the draft to the seal with the keyboard alone")
