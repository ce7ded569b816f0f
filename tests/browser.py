"""A real browser for tests: headless Chromium, spoken to by its DevTools protocol. Notes all that a page does."""

import base64
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import websocket

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio",
    "--disable-dev-shm-usage", "--remote-debugging-port=0", "--remote-allow-origins=*",
)  # fmt: skip


@dataclass(slots=True)
class Page:
    """A page that was opened, and what it did: the messages of its alerts, which are not shown, among it."""

    browser: "Browser"
    session: str
    alerts: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    is_loaded: bool = False

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self.browser.call("Runtime.evaluate", self, expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def settle(self, seconds: float = 0.3) -> None:
        """Wait until late handlers have run. What they did is noted."""
        time.sleep(seconds)
        self.evaluate("1")

    def show(self, *, width: int, height: int = 900, scheme: str = "light", medium: str = "screen") -> None:
        """Look at the page in another width, colour scheme or medium."""
        self.browser.call(
            "Emulation.setDeviceMetricsOverride", self, width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.browser.call("Emulation.setEmulatedMedia", self, media=medium, features=features)

    def screenshot(self, file: Path, *, height: int | None = None) -> None:
        """A picture (PNG) of the page in its whole length, or of its first `height` pixels."""
        width, whole = self.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height or whole, whole), "scale": 1}
        answer = self.browser.call("Page.captureScreenshot", self, clip=clip, captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(answer["data"]))

    def print(self, file: Path) -> None:
        """The page on paper (PDF), as its own style wants it."""
        answer = self.browser.call("Page.printToPDF", self, preferCSSPageSize=True, printBackground=True)
        file.write_bytes(base64.b64decode(answer["data"]))


@dataclass(slots=True)
class Browser:
    """A running Chromium. Made by `browser`."""

    socket: websocket.WebSocket
    number: int = 0
    pages: dict[str, Page] = field(default_factory=dict)

    def open(self, url: str) -> Page:
        """Open a page and wait until it is loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self.pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable", page)
        # A dialog would stop the page; this tells us instead, in frames too.
        self.call("Runtime.addBinding", page, name="noteAlert")
        self.call(
            "Page.addScriptToEvaluateOnNewDocument", page,
            source="for (const name of ['alert', 'confirm', 'prompt']) window[name] = text => noteAlert(String(text))",
        )
        page.requests.clear()
        self.call("Page.navigate", page, url=url)
        while not page.is_loaded:
            page.settle(0.05)
        return page

    def call(self, method: str, page: Page | None = None, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol; what happens meanwhile is noted. Raises RuntimeError where it fails."""
        self.number += 1
        number = self.number
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        self.socket.send(json.dumps(message | ({"sessionId": page.session} if page else {})))
        while True:
            answer = json.loads(self.socket.recv() or "{}")
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
            self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        page = self.pages.get(event.get("sessionId", ""))
        if page is None:
            return
        told = event.get("params", {})
        match event.get("method"):
            case "Runtime.bindingCalled":
                page.alerts.append(told["payload"])
            case "Page.loadEventFired":
                page.is_loaded = True
            case "Runtime.consoleAPICalled":
                page.console.append(" ".join(str(one.get("value")) for one in told["args"]))
            case "Runtime.exceptionThrown":
                page.console.append(told["exceptionDetails"]["text"])
            case "Log.entryAdded":
                page.console.append(told["entry"]["text"])
            case "Network.requestWillBeSent":
                page.requests.append(told["request"]["url"])


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium with an empty profile, and end it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise FileNotFoundError("there is no Chromium on this machine")
    profile = Path(tempfile.mkdtemp(prefix="dateline-browser-"))
    command = [program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (told := profile / "DevToolsActivePort").exists() or len(told.read_text().split()) < 2:
            time.sleep(0.05)
            if process.poll() is not None:
                raise RuntimeError(f"{program} ended with {process.returncode}")
        port, path = told.read_text().split()
        socket = websocket.create_connection(f"ws://127.0.0.1:{port}{path}", timeout=240, suppress_origin=True)
        try:
            yield Browser(socket)
        finally:
            socket.close()
    finally:
        process.terminate()
        process.wait(240)
        shutil.rmtree(profile, ignore_errors=True)
