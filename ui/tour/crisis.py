"""F9 in the middle of a procedure: the crisis handbook, two acts to DO NOW, its paper, and back to the same step."""

from ui.handbook.crisis_page import CrisisPage
from ui.sop.sop_page import SopPage
from ui.tour.driver import Driver


def walk_crisis(driver: Driver) -> None:
    """Symptoms, a page, its paper, and back."""
    frame = driver.frame
    before = driver.page(SopPage)
    at = before.guide.step
    with driver.step("crisis-symptoms"):
        driver.act("crisis")
        page = _page(driver)
        driver.check("the handbook lies over the procedure", frame.cover.isVisible())
        driver.check("twelve symptoms are there", len(page.tiles.tiles) == 12)
        driver.check("the emergency number is there", page.tiles.isVisible())
    with driver.step("crisis-page"):
        driver.press("2")
        driver.wait("the page", lambda: page.shown is not None)
        steps = page.procedure.steps
        driver.check("do now is up after two acts", steps and steps[0].isVisible())
        last = steps[-1].mapTo(frame, steps[-1].rect().bottomLeft()).y() if steps else 0
        driver.check("all its lines are seen without scrolling", last < frame.height())
    with driver.step("crisis-paper"):
        driver.press("v")
        driver.wait("the paper", lambda: page.preview.isVisible() and page.preview.page)
    driver.act("crisis")
    driver.wait("the procedure again", lambda: not frame.cover.isVisible())
    driver.check("the same step is up", before.guide.step is at and frame.stage.page is before)


def _page(driver: Driver) -> CrisisPage:
    driver.wait("the crisis page", lambda: isinstance(driver.frame.cover.page, CrisisPage))
    page = driver.frame.cover.page
    assert isinstance(page, CrisisPage)
    return page
