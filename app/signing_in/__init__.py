"""How people sign in and out: sessions, guests, Clerk and OpenID Connect."""
