"""The addresses of the registry: `entrance` under /accesso/, `network` under /rete/."""
