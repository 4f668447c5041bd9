#!/usr/bin/env python3
"""Pictures of every page of the dashboard in each width, theme and language, from a running server.

python3 Tests/Browser/pictures.py PORT DAY FOLDER [PAGE …]      needs playwright (PyPI) and chromium (Debian); exit code 77 where one is missing
Fails (1) where a page has an error, asks another host, is wider than the window, or shows a word without its translation.
"""
import os
import re
import shutil
import sys

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sys.exit(77)
browser_file = shutil.which("chromium")
if not browser_file:
    sys.exit(77)
port, day, folder = sys.argv[1:4]
base = f"http://127.0.0.1:{port}/"
os.makedirs(folder, exist_ok=True)
failures = []

with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=browser_file, args=["--no-sandbox", "--disable-gpu"])
    for width, height in [(1280, 900), (1920, 1080)]:
        for theme in ["light", "dark"]:
            for language in ["en", "zh"]:
                page = browser.new_page(viewport={"width": width, "height": height})
                name = ""
                page.on("pageerror", lambda error: failures.append(f"{name}: {error}"))
                page.on("request", lambda asked: failures.append(f"{name}: asks {asked.url}") if not asked.url.startswith((base, "data:", "blob:")) else None)
                page.goto(f"{base}?lang={language}&theme={theme}#/today/{day}")
                page.wait_for_selector('#main[data-ready="today"]', timeout=120_000)
                pages = sys.argv[4:] or page.evaluate("shownPages().map(page => page.name)")
                for part in pages:
                    name = f"{part}-{width}-{theme}-{language}"
                    page.evaluate(f"location.hash = '#/{part}/{day}'")
                    page.wait_for_selector(f'#main[data-ready="{part}"]', timeout=120_000)
                    page.wait_for_load_state("networkidle")
                    page.wait_for_timeout(250)
                    page.screenshot(path=os.path.join(folder, name + ".png"), full_page=True)
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    if wide > width:
                        failures.append(f"{name}: {wide} pixels wide")
                    text = page.inner_text("#main")
                    # A key without its translation is shown as it is: words with an underscore between, in no table's own data.
                    unknown = page.evaluate("[...document.querySelectorAll('h1,h2,th button,dt,button,legend,summary')].map(found => found.innerText.trim()).filter(text => /^[a-z]+(_[a-zA-Z0-9]+)+$/.test(text))")
                    if [word for word in unknown if word not in ("rule_pack", "rule_pack_source", "information_cutoff", "data_as_of", "data_hash")]:
                        failures.append(f"{name}: without a translation: {sorted(set(unknown))}")
                    if re.search(r"\b(undefined|NaN)\b|\[object ", text):
                        failures.append(f"{name}: shows undefined, NaN or an object")
                page.close()
    browser.close()
for failure in failures:
    print("FAILED " + failure)
if failures:
    sys.exit(1)
print(f"ok     pictures are in {folder}")
