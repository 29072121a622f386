"""The templates that come with Easel: their pictures, for everybody, and new boards of them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.convex.thumbnail_shelf import Theme
from app.deps.identifiers import OperationId
from app.deps.parts import CopiesDep, CoversDep, TemplatesDep
from app.deps.people import CurrentViewer, counted_board, counted_import
from app.exchange.templates import Template
from app.pictures.covers import Form
from app.public_origin import public_origin
from app.web.answers import Json, done
from app.web.drawn import POLICY
from app.web.limits import address

router = APIRouter()
KEPT = 3600  # s
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


async def named(slug: str, templates: TemplatesDep) -> Template:
    return templates.find(slug)


NamedTemplate = Annotated[Template, Depends(named)]


@router.get("/templates/{slug}.{form}")
async def cover(
    request: Request, template: NamedTemplate, covers: CoversDep, form: Form, theme: Annotated[Theme, Query()] = "light"
) -> Response:
    found = await covers.of(template, theme, form)
    about = POLICY | {"Cache-Control": f"public, max-age={KEPT}", "ETag": found.etag}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(None, 304, about)
    return Response(found.body, headers=about, media_type=TYPES[form])


@router.post("/boards/from/{slug}", dependencies=[Depends(counted_import), Depends(counted_board)])
async def create(
    request: Request, viewer: CurrentViewer, template: NamedTemplate, operation_id: OperationId, copies: CopiesDep
) -> Response:
    id = await copies.of_template(viewer, address(request), template, operation_id)
    path = f"/boards/{id}"
    answer = {"id": id, "title": template.title, "url": public_origin(request) + path}
    return done(request, Json(answer, 201, {"Location": path}), then=path)
