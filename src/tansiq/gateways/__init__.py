"""Gateways: how other systems meet this node. Notices outside the page go by e-mail and by telephone."""
