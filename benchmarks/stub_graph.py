"""A stand-in for Graph that answers at once, so that only the client's side is measured: one user, always the same.

`python -m benchmarks.stub_graph` says where it listens and serves until SIGTERM.
"""

import json

from aiohttp import web

from benchmarks.rivals.listening import serve

OBJECT_ID = "00000000-0000-4000-8000-0000000000a1"
_SCHOOL = {
    "id": "00000000-0000-4000-8000-0000000000a2",
    "displayName": "ОУ „Измислено“",
    "schoolNumber": "2990001",
    "address": {"city": "Измислица"},
}
_USER = {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#education/users/$entity",
    "id": OBJECT_ID,
    "displayName": "Аделина Въображаема Измислена",
    "userPrincipalName": "ip01234567@edu.mon.bg",
    "accountEnabled": True,
    "primaryRole": "student",
    "student": {"externalId": "4146054046", "grade": "6"},
    "teacher": None,
    "provisionedPlans": [{"capabilityStatus": "Enabled", "provisioningStatus": "Success", "service": "TeamspaceAPI"}],
    "schools": [_SCHOOL],
    "classes": [
        {"id": f"00000000-0000-4000-8000-0000000001{n:02d}", "displayName": f"Предмет {n} - 6а - ООП"}
        for n in range(12)
    ],
}
_BODY = json.dumps(_USER, ensure_ascii=False).encode()


async def user(_: web.Request) -> web.Response:
    """The one user."""
    return web.Response(body=_BODY, content_type="application/json", headers={"request-id": OBJECT_ID})


if __name__ == "__main__":
    app = web.Application()
    app.router.add_get("/v1.0/education/users/{id}", user)
    serve(app, "")
