"""Mail that leaves this machine: messages, addresses, the SMTP server, and sending each one once."""
