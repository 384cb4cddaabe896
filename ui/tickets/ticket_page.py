"""One ticket, come to from elsewhere: the same page with that ticket chosen."""

from app.kernel.messages import say
from ui.tickets.tickets_page import TicketsPage
from ui.widgets.page import CustomerSees
from ui.widgets.texts import Words


class TicketPage(TicketsPage):
    """Its title is the ticket's number."""

    customer_sees = CustomerSees.LINES

    def title(self) -> Words:
        return self.view.page.facts.number if self.view.page else say("Ticket")
