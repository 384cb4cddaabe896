"""The hub as an ASGI application: endpoints, their errors, the log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from app.hub.answers import refusal
from app.hub.database import Pool
from app.hub.keys import Keys
from app.hub.logs import Logged, answer_to
from app.hub.routes import make_router
from app.hub.troubles import Refused, bad, missing
from app.sync.wire import WireError

VERSION = "1"


def make_application(pool: Pool, keys: Keys) -> ASGIApp:
    """The application; the pool opens and closes with it. /v1/openapi.json describes it."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with pool:
            await pool.wait(timeout=20)
            yield

    app = FastAPI(
        title="Aftercare hub", version=VERSION, openapi_url="/v1/openapi.json", docs_url=None, redoc_url=None,
        redirect_slashes=False, lifespan=lifespan, telemetry={"tracing": False, "metrics": False, "logs": False},
    )  # fmt: skip
    app.include_router(make_router(pool, keys))
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(WireError, _not_said)
    app.add_exception_handler(HTTPException, _no_such)
    app.add_exception_handler(Exception, _trouble)
    return Logged(app)


async def _refused(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refused)
    return refusal(problem)


async def _not_said(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, WireError)
    return refusal(bad(problem.reason))


async def _no_such(_: Request, problem: Exception) -> Response:
    """No such path or method: nobody learns which paths there are."""
    return refusal(missing())


async def _trouble(_: Request, problem: Exception) -> Response:
    return answer_to(problem)
