"""Which rights a person's roles give: the manufacturer's published table, else the one that ships."""

from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.kernel.rights import Right, Role

_DESK = frozenset({Right.LOG_TICKET, Right.RESOLVE_TICKET, Right.EDIT_CUSTOMER, Right.EDIT_UNIT, Right.CHANGE_SETTINGS})
_BENCH = frozenset({Right.LOG_REPAIR, Right.MOVE_STOCK, Right.RUN_SOP, Right.SIGN_FORM, Right.TAKE_ACCEPTANCE})
SHIPPED: dict[Role, frozenset[Right]] = {
    Role.TECHNICIAN: _DESK | _BENCH,
    Role.AGENT: _DESK | {Right.TAKE_ACCEPTANCE},
    Role.STOREKEEPER: _DESK | {Right.MOVE_STOCK},
    Role.MANAGER: frozenset(Right),
}
_ALWAYS = {Role.MANAGER: frozenset({Right.MANAGE_STAFF})}  # else nobody could ever change who may do what


def rights_of(session: Session, roles: frozenset[Role]) -> frozenset[Right]:
    """All rights of these roles together; before a pack is installed those that ship."""
    kept = frozenset(right for role in roles for right in _ALWAYS.get(role, ()))
    catalog = installed_catalog(session)
    if catalog is None:
        return frozenset(right for role in roles for right in SHIPPED[role])
    return catalog.rights.of(roles) | kept
