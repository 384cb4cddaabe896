"""Words for roles."""

from app.kernel.messages import Message, say
from app.kernel.rights import Role

ROLES: dict[Role, Message] = {
    Role.TECHNICIAN: say("Technician"),
    Role.AGENT: say("Service agent"),
    Role.STOREKEEPER: say("Storekeeper"),
    Role.MANAGER: say("Manager"),
}
